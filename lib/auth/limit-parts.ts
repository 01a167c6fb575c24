import 'server-only'
import type { Db } from '@/lib/db'
import { consumeLimit, type InboundLimit, type LimitAnswer, takeOfLimit } from './limits'

/** A limit of this many uses and more is taken in so many parts a window; what a process leaves over is lost. */
const partsPerWindow = 1_000

/** What this process has taken of a window and not used: so many until then, by the process's own steady clock in ms. */
type Stock = { left: number; until: number; filling: Promise<LimitAnswer> | null }

/**
 * Counts uses against limits that all instances share. Of a large limit each process takes a part at a time: one row
 * that every request writes would let them through one after the other only. A part is taken before it is used and ends
 * with its window, so never more than the limit gets through; at its end some that another process holds may not.
 */
export function createLimitCounter() {
  const stocks = new WeakMap<Db, Map<string, Stock>>()
  return async (db: Db, limit: InboundLimit): Promise<Omit<LimitAnswer, 'isFirstRefusal'>> => {
    const part = Math.floor(limit.points / partsPerWindow)
    if (part <= 1) return consumeLimit(db, limit)
    const stock = stockOf(stocks, db, limit.key)
    for (;;) {
      if (stock.left > 0 && performance.now() < stock.until) {
        stock.left -= 1
        return { allowed: true, retryAfterSeconds: 0 }
      }
      // Whoever comes meanwhile waits for the same part.
      stock.filling ??= fill(db, limit, part, stock).finally(() => {
        stock.filling = null
      })
      const answer = await stock.filling
      if (!answer.allowed) return answer
    }
  }
}

function stockOf(stocks: WeakMap<Db, Map<string, Stock>>, db: Db, key: string): Stock {
  const ofDb = stocks.get(db) ?? new Map<string, Stock>()
  stocks.set(db, ofDb)
  const stock = ofDb.get(key) ?? { left: 0, until: 0, filling: null }
  ofDb.set(key, stock)
  return stock
}

async function fill(db: Db, limit: InboundLimit, part: number, stock: Stock): Promise<LimitAnswer> {
  // Read before the database is asked: the window ends there no sooner than it does here.
  const asked = performance.now()
  const { usedBefore, remainingMs, answer } = await takeOfLimit(db, limit, part)
  stock.left = Math.min(part, Math.max(limit.points - usedBefore, 0))
  stock.until = asked + remainingMs
  return answer
}

/** The process's own. Throws when the database cannot answer: the caller does nothing then. */
export const countAgainstLimit = createLimitCounter()
