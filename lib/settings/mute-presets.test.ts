import { eq } from 'drizzle-orm'
import { describe, expect, it, test } from 'vitest'
import { roles } from '@/lib/auth/roles'
import { auditEvents, settings } from '@/lib/db/schema'
import { maxMuteSeconds } from '@/lib/mutes/rules'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { getMutePresets } from './get-mute-presets'
import type { MutePreset } from './rules'
import { defaultMutePresets, setMutePresetsSchema } from './schemas'
import { setMutePresets } from './set-mute-presets'

const hour: MutePreset = { seconds: 3_600 }
const day: MutePreset = { seconds: 86_400 }

describeOnBothDatabases('the mute presets', (freshDb) => {
  test('are the defaults until a lead changes them, which the audit holds', async () => {
    const db = await freshDb()
    const [viewer, lead] = [await addActor(db, 'viewer'), await addActor(db, 'lead')]
    expect(await getMutePresets({ db }, viewer)).toEqual({
      presets: defaultMutePresets,
      version: 0,
      changed: null,
    })
    expect(await setMutePresets({ db }, lead, { presets: [hour, 'forever'], version: 0 })).toEqual({
      version: 1,
    })
    expect(await setMutePresets({ db }, lead, { presets: [day], version: 1 })).toEqual({ version: 2 })
    expect(await getMutePresets({ db }, viewer)).toEqual({
      presets: [day],
      version: 2,
      changed: { by: lead.name, at: expect.any(Number) },
    })
    const events = await db
      .select({ actorId: auditEvents.actorId, data: auditEvents.data })
      .from(auditEvents)
      .where(eq(auditEvents.type, 'settings.changed'))
      .orderBy(auditEvents.seq)
    expect(events).toEqual([
      { actorId: lead.id, data: { key: 'mute-presets', version: 1 } },
      { actorId: lead.id, data: { key: 'mute-presets', version: 2 } },
    ])
  })

  test('are changed by leads and administrators alone', async () => {
    const db = await freshDb()
    const may: string[] = []
    for (const role of roles) {
      const actor = await addActor(db, role)
      const { version } = await getMutePresets({ db }, actor)
      const change = setMutePresets({ db }, actor, { presets: [hour], version })
      await change.then(
        () => may.push(role),
        (error: unknown) => expect(error).toMatchObject({ code: 'FORBIDDEN' }),
      )
    }
    expect(may).toEqual(['lead', 'admin'])
    expect(await db.$count(auditEvents)).toBe(2)
  })

  test.each([0, 1])(
    'go to the first of two who saw version %d; the other is told who it was',
    async (version) => {
      const db = await freshDb()
      const leads = await Promise.all((['lead', 'admin'] as const).map((role) => addActor(db, role)))
      const [first] = leads
      if (version === 1 && first) await setMutePresets({ db }, first, { presets: [hour, day], version: 0 })
      const outcomes = await Promise.allSettled(
        leads.map((lead, index) =>
          setMutePresets({ db }, lead, { presets: [index === 0 ? hour : day], version }),
        ),
      )
      const winner = leads[outcomes.findIndex(({ status }) => status === 'fulfilled')]
      const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
      expect(refusals).toEqual([expect.objectContaining({ code: 'SETTINGS_CHANGED' })])
      expect(refusals[0].options.details).toEqual({ by: winner?.name, at: expect.any(Number) })
      const [row] = await db.select().from(settings)
      expect(row).toMatchObject({ version: version + 1, changedBy: winner?.id })
      expect(await db.$count(auditEvents)).toBe(version + 1)
    },
  )

  test('are left alone by a version that never was', async () => {
    const db = await freshDb()
    const lead = await addActor(db, 'lead')
    await expect(setMutePresets({ db }, lead, { presets: [hour], version: 7 })).rejects.toMatchObject({
      code: 'SETTINGS_CHANGED',
    })
    expect([await db.$count(settings), await db.$count(auditEvents)]).toEqual([0, 0])
  })
})

describe('what presets may be', () => {
  const faults = (input: unknown) =>
    setMutePresetsSchema.safeParse(input).error?.issues.map(({ path, message }) => [path.join('.'), message])

  it.each([
    [[{ seconds: 60 }]],
    [[{ seconds: maxMuteSeconds }, 'forever']],
    [defaultMutePresets],
    [Array.from({ length: 8 }, (_, index) => ({ seconds: 60 + index }))],
  ])('takes %j', (presets) => {
    expect(faults({ presets, version: 0 })).toBeUndefined()
  })

  it.each([
    [[], 'presets', 'required'],
    [Array.from({ length: 9 }, (_, index) => ({ seconds: 60 + index })), 'presets', 'too_many'],
    [[hour, hour], 'presets', 'duplicate'],
    [['forever', 'forever'], 'presets', 'duplicate'],
    [[{ seconds: 59 }], 'presets.0.seconds', 'invalid'],
    [[{ seconds: 60.5 }], 'presets.0', 'invalid'],
    [[{ seconds: maxMuteSeconds + 1 }], 'presets.0.seconds', 'beyond_maximum'],
    [[hour, { seconds: '3600' }], 'presets.1', 'invalid'],
    [[{ seconds: 3_600, scope: 'all' }], 'presets.0', 'invalid'],
    [['never'], 'presets.0', 'invalid'],
    ['forever', 'presets', 'invalid'],
  ])('refuses %j', (presets, path, message) => {
    expect(faults({ presets, version: 0 })).toEqual([[path, message]])
  })

  it.each([-1, 0.5, '1', undefined])('refuses the version %j', (version) => {
    expect(faults({ presets: [hour], version })).toEqual([['version', 'invalid']])
  })
})
