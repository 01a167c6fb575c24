import { accountRef } from '@/lib/mutes/rules'
import type { AccountLink } from './link-schemas'
import { maxLinked } from './rules'
import type { AccountKey } from './schemas'

/** An account of the same person, with the way that leads to it: the links in their order, the nearest first. */
export type Reached = AccountKey & {
  /** the account on the way just before it; null: the one that it was asked of */
  through: AccountKey | null
  way: AccountLink[]
}

/**
 * The accounts that are linked with this one, over as few steps as possible, the nearest first; of ways that are as
 * short the one that was said first. At most `maxLinked` of them, and never the account itself.
 */
export function reachOf(account: AccountKey, links: readonly AccountLink[]): Reached[] {
  const linksOf = new Map<string, { to: AccountKey; link: AccountLink }[]>()
  for (const link of links) {
    const [one, other] = link.accounts
    for (const [from, to] of [[one, other] as const, [other, one] as const])
      linksOf.set(accountRef(from), [...(linksOf.get(accountRef(from)) ?? []), { to, link }])
  }
  const seen = new Set([accountRef(account)])
  const reached: Reached[] = []
  const walk: { at: AccountKey; way: AccountLink[] }[] = [{ at: account, way: [] }]
  for (const { at, way } of walk) {
    for (const { to, link } of linksOf.get(accountRef(at)) ?? []) {
      if (reached.length === maxLinked) return reached
      if (seen.has(accountRef(to))) continue
      seen.add(accountRef(to))
      const next = { at: to, way: [...way, link] }
      walk.push(next)
      reached.push({ ...to, through: at === account ? null : at, way: next.way })
    }
  }
  return reached
}
