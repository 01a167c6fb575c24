import { expect, test } from 'vitest'
import { reason } from '@/lib/testing/mute-world'
import { createBulkMuteSchema } from './schemas'

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
