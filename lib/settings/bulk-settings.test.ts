import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { roles } from '@/lib/auth/roles'
import { auditEvents } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { findApprovalAbove, getApprovalAbove } from './approval-above'
import { findProtectedAccounts, getProtectedAccounts } from './protected-accounts'
import { setApprovalAbove } from './set-approval-above'
import { setProtectedAccounts } from './set-protected-accounts'

const host = { connection: 'sg', userId: 'host' }

describeOnBothDatabases('what leads set for bulk mutes', (freshDb) => {
  test('holds until the next change, which the audit holds', async () => {
    const db = await freshDb()
    const lead = await addActor(db, 'lead')
    expect(await findApprovalAbove(db)).toBe(100)
    expect(await findProtectedAccounts(db, 'sg')).toEqual(new Set())
    await setApprovalAbove({ db }, lead, { accounts: 0, version: 0 })
    await setProtectedAccounts({ db }, lead, {
      accounts: [host, { connection: 'zim', userId: 'owner' }],
      version: 0,
    })
    expect(await findApprovalAbove(db)).toBe(0)
    expect(await findProtectedAccounts(db, 'sg')).toEqual(new Set(['host']))
    expect(await getApprovalAbove({ db }, lead)).toEqual({
      accounts: 0,
      version: 1,
      changed: { by: lead.name, at: expect.any(Number) },
    })
    const events = await db.select().from(auditEvents).where(eq(auditEvents.type, 'settings.changed'))
    expect(events.map(({ data }) => data)).toEqual(
      expect.arrayContaining([
        { key: 'bulk-approval-above', version: 1 },
        { key: 'protected-accounts', version: 1 },
      ]),
    )
  })

  test('goes to the first of two who saw the same', async () => {
    const db = await freshDb()
    const leads = [await addActor(db, 'lead'), await addActor(db, 'admin')]
    const outcomes = await Promise.allSettled(
      leads.map((lead, index) => setApprovalAbove({ db }, lead, { accounts: index, version: 0 })),
    )
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    expect(refusals).toMatchObject([
      { code: 'SETTINGS_CHANGED', options: { details: { by: expect.any(String) } } },
    ])
    expect(await db.$count(auditEvents)).toBe(1)
  })

  test('is set and read by leads and administrators alone', async () => {
    const db = await freshDb()
    for (const role of roles) {
      const actor = await addActor(db, role)
      const isAllowed = role === 'lead' || role === 'admin'
      const { version } = isAllowed ? await getProtectedAccounts({ db }, actor) : { version: 0 }
      const tries = [
        () => setProtectedAccounts({ db }, actor, { accounts: [host], version }),
        () => setApprovalAbove({ db }, actor, { accounts: 1, version }),
        () => getApprovalAbove({ db }, actor),
      ]
      for (const attempt of tries) {
        if (isAllowed) await attempt()
        else await expect(attempt()).rejects.toMatchObject({ code: 'FORBIDDEN' })
      }
    }
  })
})
