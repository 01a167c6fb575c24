import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import type { Context } from '@/lib/context'
import { auditEvents, muteCommands } from '@/lib/db/schema'
import type { Provider } from '@/lib/provider/port'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { type MuteWorld, muteWish } from '@/lib/testing/mute-world'
import { startSettlingStage } from '@/lib/testing/settling-stage'
import { applyMute } from './apply'
import { settleDueMutes } from './settle-due'

describeOnBothDatabases(
  'a process that comes back late, while the settling job is sending again',
  (freshDb) => {
    let world: MuteWorld
    afterEach(() => world.close())

    async function begin() {
      const stage = await startSettlingStage(await freshDb())
      world = stage.world
      const changed = (change: (provider: Provider) => Partial<Provider>): Context => ({
        ...world.context,
        provider: (connection) => {
          const provider = world.context.provider(connection)
          return { ...provider, ...change(provider) }
        },
      })
      let finish: () => Promise<void> = () => Promise.reject(new Error('nothing is being sent'))
      /** Time passes, and the settling job has counted its attempt; its call leaves only with `finish`. */
      async function sendAgain() {
        await stage.expireLeases()
        const begun = Promise.withResolvers<void>()
        const gate = Promise.withResolvers<void>()
        const settling = settleDueMutes(
          changed((provider) => ({
            async setGlobalMutes(...asked) {
              begun.resolve()
              await gate.promise
              return provider.setGlobalMutes(...asked)
            },
          })),
        )
        finish = async () => {
          gate.resolve()
          expect(await settling).toBe(0)
        }
        await begun.promise
      }
      const typesOf = async (id: string) => {
        const events = await stage.db
          .select()
          .from(auditEvents)
          .where(eq(auditEvents.commandId, id))
          .orderBy(auditEvents.seq)
        return events.map(({ type }) => type)
      }
      const row = async (id: string) => {
        const [command] = await stage.db.select().from(muteCommands).where(eq(muteCommands.id, id))
        return command
      }
      return {
        ...stage,
        typesOf,
        row,
        sendAgain,
        finish: () => finish(),
        /** held up right after the provider has answered to a change */
        lateSender: changed((provider) => ({
          setGlobalMutes: (...asked) => provider.setGlobalMutes(...asked).finally(sendAgain),
        })),
        /** held up right after the provider was read; `then` is what happens at the provider meanwhile */
        lateReader: (then: () => Promise<unknown>) =>
          changed((provider) => ({
            async readGlobalMutes(...asked) {
              const answer = await provider.readGlobalMutes(...asked)
              await then()
              await sendAgain()
              return answer
            },
          })),
      }
    }

    test.each([
      ['refused', { kind: 'code', code: 40003 }],
      ['without an answer', { kind: 'drop-before' }],
    ] as const)(
      'the first sender, %s, leaves the command open, and the settling job ends it',
      async (_how, fault) => {
        const { actor, userId, lateSender, finish, typesOf, statusOf, control } = await begin()
        await control.addFaults({ ...fault, api: 'setnospeaking' })
        const { id, status } = await applyMute(lateSender, actor, muteWish(userId))
        expect(status).toBe('requested')
        expect(await typesOf(id)).toEqual(['mute.requested'])
        await finish()
        expect(await statusOf(id)).toMatchObject({ status: 'applied', isVerified: true })
        expect(await typesOf(id)).toEqual(['mute.requested', 'mute.applied'])
      },
    )

    test.each([
      ['for good', 40003],
      ['for now', 30008],
    ])(
      'another settling job, refused %s, neither ends the command nor says that no call is on its way',
      async (_how, code) => {
        const { orphan, expireLeases, lateSender, finish, row, statusOf, control } = await begin()
        const id = await orphan()
        await expireLeases()
        await control.addFaults({ kind: 'code', code, api: 'setnospeaking', times: 'always' })
        expect(await settleDueMutes(lateSender)).toBe(1)
        expect(await row(id)).toMatchObject({
          attempts: 2,
          failure: null,
          mayArriveUntil: expect.any(Number),
        })
        await control.clearFaults()
        await finish()
        expect((await statusOf(id)).status).toBe('applied')
      },
    )

    test('another settling job that read before does not end the command by what it read', async () => {
      const { orphan, expireLeases, lateReader, finish, userId, statusOf, control } = await begin()
      const id = await orphan()
      await expireLeases()
      await control.putMutes({ account: userId, oneToOne: 60, allGroups: 60 })
      const lifted = () => control.putMutes({ account: userId, oneToOne: null, allGroups: null })
      expect(await settleDueMutes(lateReader(lifted))).toBe(1)
      expect((await statusOf(id)).status).toBe('requested')
      await finish()
      expect((await statusOf(id)).status).toBe('applied')
    })
  },
)
