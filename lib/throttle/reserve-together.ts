import 'server-only'
import type { Db } from '@/lib/db'
import { type Reservation, type ReserveRequest, reserve } from './reserve'

type Waiting = {
  request: ReserveRequest
  resolve(reservation: Reservation): void
  reject(error: unknown): void
}

/**
 * `reserve` for callers that each want one stretch: what is asked for within one turn of the event loop goes to the
 * database in one statement, as long as the keys differ. A page that makes four calls then waits for one answer.
 * Rejects with the database's error, for all that asked together.
 */
export function createReserver(db: () => Promise<Db>): (request: ReserveRequest) => Promise<Reservation> {
  let waiting: Waiting[] = []

  function flush() {
    const all = waiting
    waiting = []
    for (const batch of distinctKeys(all)) void answer(batch)
  }

  async function answer(batch: Waiting[]): Promise<void> {
    try {
      const reservations = await reserve(
        await db(),
        batch.map(({ request }) => request),
      )
      batch.forEach(({ resolve, reject }, index) => {
        const reservation = reservations[index]
        if (reservation) resolve(reservation)
        else reject(new Error('a reservation was not answered'))
      })
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }

  return (request) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({ request, resolve, reject })
    })
}

/** The same callers in as few lists as possible, none of which names a key twice; in the order they came. */
function distinctKeys(all: readonly Waiting[]): Waiting[][] {
  const lists: Map<string, Waiting>[] = []
  for (const one of all) {
    const list = lists.find((keys) => !keys.has(one.request.key))
    if (list) list.set(one.request.key, one)
    else lists.push(new Map([[one.request.key, one]]))
  }
  return lists.map((list) => [...list.values()])
}
