import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { PGlite } from '@electric-sql/pglite'
import { Client, Pool } from 'pg'
import { errorFields, log } from '@/lib/log'
import type { Db, Tx } from './index'

/** What triggers tell with `pg_notify`, by channel. */
export type Channel = 'hushdesk_cases'

type Follower = {
  /** what was told, after the transaction that told it */
  onNotice(payload: string): void
  /** what was told meanwhile is lost: whoever follows reads everything anew */
  onGap(): void
}

/** How long a lost connection stays lost before the next try, in ms. */
const retryMs = 1_000

/**
 * Hears what the database's triggers tell, from every instance, from now on until the function that it returns is
 * called. Each call holds a connection of its own to a PostgreSQL server, and makes a new one when that is lost. Throws
 * the driver's error when the first one cannot be made. A pooler between that gives no connection a session of its own
 * tells nothing: whoever follows must look by itself too.
 */
export async function follow(
  db: Db | Tx,
  channel: Channel,
  follower: Follower,
): Promise<() => Promise<void>> {
  const client = clientOf(db)
  if (client instanceof PGlite) return client.listen(channel, (payload) => follower.onNotice(payload))
  return followServer(client, channel, follower)
}

/** The driver below Drizzle's database. */
function clientOf(db: Db | Tx): PGlite | Pool {
  const { $client } = db as { $client?: unknown }
  if ($client instanceof PGlite || $client instanceof Pool) return $client
  throw new Error('a database without its driver')
}

async function followServer(
  { options }: Pool,
  channel: Channel,
  { onNotice, onGap }: Follower,
): Promise<() => Promise<void>> {
  const stopped = new AbortController()
  let current = await connect()

  async function connect(): Promise<Client> {
    const client = new Client({
      ...options,
      application_name: 'hushdesk news',
      // It only listens: nothing else would notice that the other side has gone without a word.
      keepAliveInitialDelayMillis: 10_000,
    })
    // What breaks it also ends it.
    client.on('error', () => {})
    client.on('notification', ({ payload }) => onNotice(payload ?? ''))
    try {
      await client.connect()
      await client.query(`listen ${channel}`)
    } catch (error) {
      await client.end().catch(() => {})
      throw error
    }
    client.once('end', () => void connectAgain())
    return client
  }

  async function connectAgain(): Promise<void> {
    const { signal } = stopped
    let isTold = false
    while (!signal.aborted) {
      try {
        await delay(retryMs, undefined, { signal, ref: false })
        current = await connect()
        if (signal.aborted) await current.end()
        else onGap()
        return
      } catch (error) {
        if (!signal.aborted && !isTold) log.warn(errorFields(error), 'following the database')
        isTold = true
      }
    }
  }

  return async () => {
    stopped.abort()
    await current.end().catch(() => {})
  }
}
