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

type Watch = {
  askedAt: number
  watched: Promise<ReadonlySet<string>>
  /** when each of them wrote lately, epoch ms */
  sentAt: Map<string, number[]>
}

/** What this process has seen, for each database: by the thousands, so nothing is written before it is a burst. */
const watchOf = new WeakMap<Db, Watch>()

/**
 * Counts a message that an account has sent, at `now` (epoch ms). A muted account can write only where its mute does not
 * hold: with a burst of messages there, its cases that shall be looked at again come back at once. Each instance counts
 * what it is told of; what it has counted goes with it. Costs no statement of its own, but for a burst and every half minute.
 */
export async function noteMessage(
  { db }: Pick<Context, 'db'>,
  message: { connection: string; senderId: string },
  now: number,
): Promise<void> {
  const watch = watchAt(db, now)
  const key = keyOf(message.connection, message.senderId)
  if (!(await watch.watched).has(key)) return
  const sentAt = (watch.sentAt.get(key) ?? []).filter((at) => at > now - burstMs)
  sentAt.push(now)
  watch.sentAt.set(key, sentAt)
  if (sentAt.length < burstSize) return
  watch.sentAt.delete(key)
  const { connection, senderId } = message
  const isTheirs = and(eq(cases.connection, connection), eq(cases.accusedId, senderId))
  for (const { id } of await findWatched(db, isTheirs)) await lookAgain({ db }, id, { isBurst: true })
}

function watchAt(db: Db, now: number): Watch {
  const before = watchOf.get(db)
  if (before && now - before.askedAt < refreshMs) return before
  const recent = [...(before?.sentAt ?? [])].filter(([, sent]) => sent.some((at) => at > now - burstMs))
  const watch = { askedAt: now, watched: readWatched(db), sentAt: new Map(recent) }
  watchOf.set(db, watch)
  return watch
}

/** Never throws: while the database is away nobody is watched, and it is told once and not with each message. */
async function readWatched(db: Db): Promise<ReadonlySet<string>> {
  try {
    return new Set((await findWatched(db)).map((one) => keyOf(one.connection, one.accusedId)))
  } catch (error) {
    log.error(errorFields(error), 'finding out who is watched')
    return new Set()
  }
}

/** Ids may hold anything printable, so a line break parts them. */
const keyOf = (connection: string, accountId: string) => `${connection}\n${accountId}`
