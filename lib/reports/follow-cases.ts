import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { follow } from '@/lib/db/follow'
import { perDatabase } from '@/lib/db/per-database'
import { gatherNews } from './gather-news'
import type { CaseNews, FollowCasesInput } from './live-schemas'

/** Somebody who is told which case changed; null: any may have. */
type Watch = (caseId: string | null) => void

/**
 * Tells from now on when cases change, or who looks at one: `queue` for any of them, `case` for the one that was asked
 * for, each at most once in two seconds; nothing about what has changed, which is to be read. Goes on until it is cancelled.
 * Throws `FORBIDDEN`, and the driver's error when the database cannot be followed.
 */
export async function followCases(
  { db }: Pick<Context, 'db'>,
  actor: Actor,
  { caseId }: FollowCasesInput,
): Promise<ReadableStream<CaseNews>> {
  requirePermission(actor, 'reports:read')
  const { watches, begin, end } = followingOf(db)
  let stop = () => {}
  const news = new ReadableStream<CaseNews>({
    start(controller) {
      const gathered = gatherNews<CaseNews>((word) => controller.enqueue(word))
      const watch: Watch = (changed) =>
        gathered.add('queue', ...(caseId && [caseId, null].includes(changed) ? (['case'] as const) : []))
      watches.add(watch)
      stop = () => {
        gathered.stop()
        watches.delete(watch)
        end()
      }
    },
    cancel: () => stop(),
  })
  try {
    await begin()
  } catch (error) {
    stop()
    throw error
  }
  return news
}

/** The database is followed once for all who watch in this process, as long as there are any. */
const followingOf = perDatabase((db) => {
  const watches = new Set<Watch>()
  let following: ReturnType<typeof follow> | null = null
  const tell: Watch = (caseId) => {
    for (const watch of watches) watch(caseId)
  }
  return {
    watches,
    async begin(): Promise<void> {
      following ??= follow(db, 'hushdesk_cases', { onNotice: tell, onGap: () => tell(null) })
      await following
    },
    end(): void {
      if (watches.size > 0) return
      const ending = following
      following = null
      // One that never began has told those who waited for it; a database that is gone follows nobody any more.
      void ending?.then((stop) => stop()).catch(() => {})
    },
  }
})
