import { expect, test } from 'vitest'
import { roles } from '@/lib/auth/roles'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { listAuditActors } from './list-actors'

describeOnBothDatabases('listAuditActors', (freshDb) => {
  test('names everybody, and only to those who may read the audit', async () => {
    const db = await freshDb()
    const actors = await Promise.all(roles.map((role) => addActor(db, role)))
    const may: string[] = []
    for (const actor of actors) {
      await listAuditActors(db, actor).then(
        (listed) => {
          may.push(actor.role)
          expect(listed.map(({ name }) => name)).toEqual(actors.map(({ name }) => name).sort())
        },
        (error: unknown) => expect(error).toMatchObject({ code: 'FORBIDDEN' }),
      )
    }
    expect(may).toEqual(['lead', 'admin'])
  })
})
