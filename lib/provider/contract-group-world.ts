import { expect } from 'vitest'
import type { GroupContractStage } from './contract-stage'
import type { CallOptions, GroupCapabilities, GroupType, Page, Until } from './port'

/** What the parts of the contract about groups share. */

export const options: CallOptions = { priority: 'interactive' }
export const toleranceMs = 2_000
/** An account id with what must be escaped in an address; one provider has no spaces in the ids of groups' calls. */
export const oddId = 'id-with#%&+@=?in_it'
export const inAnHour = () => Date.now() + 3_600_000

/** The types of groups of which something holds. */
export function typesThat(
  { groupTypes, provider }: GroupContractStage,
  holds: (can: GroupCapabilities) => boolean,
): GroupType[] {
  return groupTypes.filter((type) => {
    const can = provider.capabilities.groups[type]
    return can !== undefined && holds(can)
  })
}

/** One group of each of these types, with the same owner, admin and members. Gives their ids. */
export async function seedOneOfEach(
  { seedGroups, groupIdOf }: GroupContractStage,
  types: readonly GroupType[],
): Promise<Map<GroupType, string>> {
  const ids = new Map(types.map((type) => [type, groupIdOf(type, `of_${type}#&%`)]))
  await seedGroups(
    [...ids].map(([type, groupId]) => ({
      groupId,
      type,
      name: `Group ${type}`,
      ownerId: 'owner',
      members: [
        { userId: 'admin', isAdmin: true },
        { userId: 'a', name: '小军' },
        { userId: oddId },
        { userId: 'b' },
      ],
    })),
  )
  return ids
}

/** All pages of a list, one after the other. */
export async function allOf<Item>(ask: (cursor: string | null) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | null = null
  for (let pages = 0; pages < 50; pages += 1) {
    const page: Page<Item> = await ask(cursor)
    items.push(...page.items)
    if (page.next === null) return items
    cursor = page.next
  }
  throw new Error('the list never ends')
}

export function expectSameEnd(actual: Until | null | undefined, expected: number): void {
  expect(typeof actual).toBe('number')
  expect(Math.abs(Number(actual) - expected)).toBeLessThan(toleranceMs)
}

/** What a provider says that does not allow something, without having done any of it. */
export const refusedWithoutEffect = { kind: 'refused', options: { effect: 'none' } }
