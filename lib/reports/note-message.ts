import 'server-only'
import { and, eq } from 'drizzle-orm'
import { clearLimit, takeOfLimit } from '@/lib/auth/limits'
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

/** What an account has sent lately, as far as this process was told. */
type Sent = {
  /** epoch ms, the newest last: no more of it than makes a burst */
  at: number[]
  /** so many of the newest are not in the count that all instances share */
  unshared: number
  /** whether a burst of theirs is being looked for right now */
  isLooking: boolean
}

type SentBy = Map<string, Sent>

type Watch = {
  askedAt: number
  watched: Promise<Set<string>>
  sentBy: SentBy
}

/** What this process has seen, for each database: by the thousands, so of most accounts nothing is ever written. */
const watchOf = new WeakMap<Db, Watch>()

/**
 * Counts a message that an account has sent, at `now` (epoch ms). A muted account can write only where its mute does not
 * hold: with a burst of messages there, its cases that shall be looked at again come back at once. Everybody is counted, as
 * it is found out only later whose case was just decided; of those who are watched all instances share one count, of a
 * minute that begins with a message. Costs a statement for messages of those who are watched, a burst and every half
 * minute. Throws when the database cannot answer a burst; it is answered with the next message then, if that is soon.
 */
export async function noteMessage(
  { db }: Pick<Context, 'db'>,
  message: { connection: string; senderId: string },
  now: number,
): Promise<void> {
  const watch = watchAt(db, now)
  const key = keyOf(message.connection, message.senderId)
  count(watch.sentBy, key, now)
  const watched = await watch.watched
  if (watched.has(key)) await lookForBurst(db, { watched, sentBy: watch.sentBy }, key, now)
}

function count(sentBy: SentBy, key: string, now: number): void {
  const sent = sentBy.get(key) ?? { at: [], unshared: 0, isLooking: false }
  sent.at = [...sent.at.filter((at) => at > now - burstMs), now].slice(-burstSize)
  sent.unshared += 1
  // Taken out first, so that whoever wrote last is the last one.
  sentBy.delete(key)
  sentBy.set(key, sent)
  for (const oldest of sentBy.keys()) {
    if (sentBy.size <= mostSenders) break
    sentBy.delete(oldest)
  }
}

type Known = { watched: Set<string>; sentBy: SentBy }

/** Answers a burst of an account that is watched, if it is one. What it has counted is kept until that is done. */
async function lookForBurst(db: Db, { watched, sentBy }: Known, key: string, now: number): Promise<void> {
  const sent = sentBy.get(key)
  // Who is looking sees what came meanwhile: many messages at once are a statement or two.
  if (!sent || sent.at.length === 0 || sent.isLooking) return
  sent.isLooking = true
  try {
    do {
      if (!(await isBurst(db, key, sent, now))) continue
      await lookAtCases(db, key)
      watched.delete(key)
      sent.at = []
      sent.unshared = 0
    } while (sent.unshared > 0)
  } finally {
    sent.isLooking = false
  }
}

/** By what this process has seen, or by what all have together. */
async function isBurst(db: Db, key: string, sent: Sent, now: number): Promise<boolean> {
  if (sent.at.length >= burstSize) return true
  const fresh = Math.min(sent.unshared, sent.at.length)
  sent.unshared = fresh
  const windowMs = (sent.at.at(-fresh) ?? now) + burstMs - now
  const limit = { key: limitKeyOf(key), points: burstSize, windowSeconds: windowMs / 1_000 }
  const { usedBefore } = await takeOfLimit(db, limit, fresh)
  sent.unshared -= fresh
  return usedBefore + fresh >= burstSize
}

async function lookAtCases(db: Db, key: string): Promise<void> {
  const [connection = '', senderId = ''] = key.split('\n')
  const isTheirs = and(eq(cases.connection, connection), eq(cases.accusedId, senderId))
  for (const { id } of await findWatched(db, isTheirs)) await lookAgain({ db }, id, { isBurst: true })
  await clearLimit(db, limitKeyOf(key))
}

function watchAt(db: Db, now: number): Watch {
  const before = watchOf.get(db)
  if (before && now - before.askedAt < refreshMs) return before
  const recent = [...(before?.sentBy ?? [])].filter(([, { at }]) => at.some((one) => one > now - burstMs))
  const sentBy: SentBy = new Map(recent)
  const watch = { askedAt: now, watched: readWatched(db, sentBy, before?.watched, now), sentBy }
  watchOf.set(db, watch)
  return watch
}

/**
 * Never throws: while the database is away nobody is watched, and it is told once and not with each message. Of whoever
 * was not watched before, what they wrote until the decision is forgotten, and a burst since then is noticed now.
 */
async function readWatched(db: Db, sentBy: SentBy, before: Watch['watched'] | undefined, now: number) {
  try {
    const known = await before
    const watched = new Set<string>()
    for (const { connection, accusedId, closedAt } of await findWatched(db)) {
      const key = keyOf(connection, accusedId)
      watched.add(key)
      const sent = sentBy.get(key)
      if (!sent) continue
      if (!known?.has(key)) sent.at = sent.at.filter((at) => at > (closedAt ?? 0))
      // What cannot be brought back now keeps nobody from being watched.
      await lookForBurst(db, { watched, sentBy }, key, now).catch((error: unknown) =>
        log.error({ connection, ...errorFields(error) }, 'looking at a burst that was over'),
      )
    }
    return watched
  } catch (error) {
    log.error(errorFields(error), 'finding out who is watched')
    return new Set<string>()
  }
}

const limitKeyOf = (key: string) => `burst:${key}`

/** Ids may hold anything printable, so a line break parts them. */
const keyOf = (connection: string, accountId: string) => `${connection}\n${accountId}`
