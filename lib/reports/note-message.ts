import 'server-only'
import { and, eq } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { cases } from '@/lib/db/schema'
import { errorFields, log } from '@/lib/log'
import { findWatched } from './find-watched'
import { lookAgain } from './look-again'

/** So many messages within so long, in ms, are a burst: one every three seconds. */
export const burstSize = 20
const burstMs = 60_000
/** Whoever is watched is found out anew after so long, in ms. */
const refreshMs = 30_000
/** Of so many accounts it is kept when they wrote, those who wrote last. */
export const mostSenders = 20_000

/** When each account wrote lately, epoch ms: no more of it than makes a burst. */
type SentAt = Map<string, number[]>

type Watch = {
  askedAt: number
  watched: Promise<ReadonlySet<string>>
  sentAt: SentAt
}

/** What this process has seen, for each database: by the thousands, so nothing is written before it is a burst. */
const watchOf = new WeakMap<Db, Watch>()

/**
 * Counts a message that an account has sent, at `now` (epoch ms). A muted account can write only where its mute does not
 * hold: with a burst of messages there, its cases that shall be looked at again come back at once. Everybody is counted, as
 * it is found out only later whose case was just decided. Each instance counts what it is told of; what it has counted goes
 * with it. Costs no statement of its own, but for a burst and every half minute.
 */
export async function noteMessage(
  { db }: Pick<Context, 'db'>,
  message: { connection: string; senderId: string },
  now: number,
): Promise<void> {
  const watch = watchAt(db, now)
  const key = keyOf(message.connection, message.senderId)
  count(watch.sentAt, key, now)
  if ((await watch.watched).has(key)) await lookAtBurst(db, watch.sentAt, key)
}

function count(sentAt: SentAt, key: string, now: number): void {
  const recent = (sentAt.get(key) ?? []).filter((at) => at > now - burstMs)
  // Taken out first, so that whoever wrote last is the last one.
  sentAt.delete(key)
  sentAt.set(key, [...recent, now].slice(-burstSize))
  for (const oldest of sentAt.keys()) {
    if (sentAt.size <= mostSenders) break
    sentAt.delete(oldest)
  }
}

async function lookAtBurst(db: Db, sentAt: SentAt, key: string): Promise<void> {
  if ((sentAt.get(key) ?? []).length < burstSize) return
  sentAt.delete(key)
  const [connection = '', senderId = ''] = key.split('\n')
  const isTheirs = and(eq(cases.connection, connection), eq(cases.accusedId, senderId))
  for (const { id } of await findWatched(db, isTheirs)) await lookAgain({ db }, id, { isBurst: true })
}

function watchAt(db: Db, now: number): Watch {
  const before = watchOf.get(db)
  if (before && now - before.askedAt < refreshMs) return before
  const recent = [...(before?.sentAt ?? [])].filter(([, sent]) => sent.some((at) => at > now - burstMs))
  const sentAt: SentAt = new Map(recent)
  const watch = { askedAt: now, watched: readWatched(db, sentAt, before?.watched), sentAt }
  watchOf.set(db, watch)
  return watch
}

/**
 * Never throws: while the database is away nobody is watched, and it is told once and not with each message. Of whoever
 * was not watched before, what they wrote until the decision is forgotten, and a burst since then is noticed now.
 */
async function readWatched(db: Db, sentAt: SentAt, before: Watch['watched'] | undefined) {
  try {
    const known = await before
    const watched = new Set<string>()
    for (const { connection, accusedId, closedAt } of await findWatched(db)) {
      const key = keyOf(connection, accusedId)
      watched.add(key)
      const sent = sentAt.get(key)
      if (!sent || known?.has(key)) continue
      sentAt.set(
        key,
        sent.filter((at) => at > (closedAt ?? 0)),
      )
      // What cannot be brought back now keeps nobody from being watched.
      await lookAtBurst(db, sentAt, key).catch((error: unknown) =>
        log.error({ connection, ...errorFields(error) }, 'looking at a burst that was over'),
      )
    }
    return watched
  } catch (error) {
    log.error(errorFields(error), 'finding out who is watched')
    return new Set<string>()
  }
}

/** Ids may hold anything printable, so a line break parts them. */
const keyOf = (connection: string, accountId: string) => `${connection}\n${accountId}`
