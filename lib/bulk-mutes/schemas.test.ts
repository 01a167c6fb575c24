import { expect, test } from 'vitest'
import { reason } from '@/lib/testing/mute-world'
import { maxBulkItems } from './rules'
import { createBulkMuteSchema, submitBulkMuteSchema } from './schemas'

test.each([
  { userIds: ['ann', 'bob'] },
  { userIds: ['ann'], groupId: '#a' },
  { userIds: ['ann'], scopes: ['all_groups'] },
  { userIds: ['ann'], everyGroup: false },
])('every group is one account’s, and no other place beside it: %j', (input) => {
  const lift = {
    kind: 'lift',
    idempotencyKey: crypto.randomUUID(),
    connection: 'zim',
    everyGroup: true,
    reason,
  }
  expect(createBulkMuteSchema.safeParse({ ...lift, userIds: ['ann'] }).success).toBe(true)
  expect(createBulkMuteSchema.safeParse({ ...lift, ...input }).success).toBe(false)
})

test('a run has at most five hundred accounts, each once, whoever makes it', () => {
  const ids = Array.from({ length: maxBulkItems + 1 }, (_, index) => `acc-${index}`)
  const lift = { kind: 'lift', connection: 'sg', scopes: ['one_to_one'], reason }
  const takes = (userIds: string[]) => [
    createBulkMuteSchema.safeParse({ ...lift, idempotencyKey: crypto.randomUUID(), userIds }).success,
    submitBulkMuteSchema.safeParse({ ...lift, userIds }).success,
  ]
  expect(maxBulkItems).toBe(500)
  expect(takes(ids.slice(1))).toEqual([true, true])
  for (const refused of [ids, [], ['ann', 'ann']]) expect(takes(refused)).toEqual([false, false])
})
