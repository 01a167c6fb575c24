import { spawnSync } from 'node:child_process'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { expect } from '@playwright/test'
import * as z from 'zod'
import type { MuteCommandDto } from '../../lib/mutes/schemas'
import { root } from '../demo/sources'
import type { JournalEntry, MuteEnd } from '../emulator/schemas'
import { appIds, type Stage, type Trial } from './stage'

/** How far an end may lie from the command's, in ms. */
const toleranceMs = 2_000
/** An effect whose end lies no later than this after the one asked for is nothing to be set right, in ms. */
const inTimeMs = 1_000
/** Leases of 15 s and a round each second; the rest is for a machine under load. */
const settleWithinMs = 90_000

export type Settled = {
  /** each trial's commands on record */
  histories: Map<Trial, MuteCommandDto[]>
  /** from the console's answer until all were settled, in ms */
  afterMs: number
}

/** Waits until every command on record is settled, at most 90 s. */
export async function untilSettled(stage: Stage): Promise<Settled> {
  const startedAt = performance.now()
  const histories: Settled['histories'] = new Map()
  for (const trial of stage.trials) {
    // One that is settled needs no more than to be asked once.
    const timeout = Math.max(10_000, settleWithinMs - (performance.now() - startedAt))
    const open = async () => {
      const commands = await stage.history(trial)
      histories.set(trial, commands)
      return commands.filter(isOpen).map(({ status }) => status)
    }
    await expect.poll(open, { message: `${trial.account} is settled`, timeout, intervals: [250] }).toEqual([])
  }
  return { histories, afterMs: Math.round(performance.now() - startedAt) }
}

function isOpen({ status }: MuteCommandDto): boolean {
  return status === 'requested' || status === 'unknown'
}

/**
 * Holds every trial against what the provider applied: nothing lost, nothing doubled, the end right within 2 s. A call
 * that reached the provider late put the end later; setting it right by sending the same end once more is no doubling.
 */
export async function reckon(stage: Stage, histories: Settled['histories']): Promise<Reckoning> {
  const journal = await stage.emulator.journal()
  const reckoning: Reckoning = {
    commands: 0,
    commandsAt: {},
    givenUp: 0,
    repeatedEffects: 0,
    corrections: 0,
  }
  for (const [trial, commands] of histories) {
    const effects = journal.filter(({ account, source }) => account === trial.account && source === 'api')
    const told = await trial.told
    if (commands.length === 0) {
      expect(effects, `${trial.account}: an effect of a command that is not on record`).toEqual([])
      expect(told?.ok, `${trial.account}: told as done, but not on record`).not.toBe(true)
      continue
    }
    expect(commands, trial.account).toHaveLength(1)
    const [command] = commands
    reckoning.commands += 1
    reckoning.commandsAt[trial.point] = (reckoning.commandsAt[trial.point] ?? 0) + 1
    const { status, failure } = command ?? {}
    if (failure?.kind === 'busy' || (status === 'rejected' && failure?.kind === 'circuit_open')) {
      // Its turn did not come in time, or calls rested after answers that were cut off, and the moderator was told so:
      // nothing was sent.
      expect(effects, `${trial.account}: an effect of a command that was given up`).toEqual([])
      reckoning.givenUp += 1
      continue
    }
    expect(command?.status, `${trial.account}: ${JSON.stringify(command?.failure)}`).toBe('applied')
    await expectEnds(stage, trial, command?.changes ?? [])

    const again = effects.slice(0, -1).filter(isInTime(command?.changes ?? []))
    expect(again, `${trial.account}: sent again although it had taken effect in time`).toEqual([])
    const changing = effects.filter(changesAnything)
    reckoning.repeatedEffects += effects.length - changing.length
    reckoning.corrections += Math.max(0, changing.length - 1)
    expect(changing.length, `${trial.account}: effects`).toBeGreaterThanOrEqual(1)
    expect(effects.length, `${trial.account}: effects`).toBeLessThanOrEqual(2)
  }
  return reckoning
}

export type Reckoning = {
  commands: number
  /** by the point at which they were interrupted; one that is missing has no command on record */
  commandsAt: Record<string, number>
  /** surely not sent, and told so */
  givenUp: number
  /** the same end set once more */
  repeatedEffects: number
  /** an end that a late call had moved, set right */
  corrections: number
}

async function expectEnds(
  stage: Stage,
  { account, connection }: Trial,
  changes: MuteCommandDto['changes'],
): Promise<void> {
  const mutes = await stage.emulator.mutes(account, appIds[connection])
  expect(changes).toHaveLength(2)
  for (const { scope, after } of changes) {
    const end = scope === 'one_to_one' ? mutes.oneToOne : mutes.allGroups
    expect(isSame(end, after), `${account}: ends ${end} instead of ${after}`).toBe(true)
  }
}

/** Tells of an effect whether it is what the command asked for, and not what a late call made of it. */
function isInTime(changes: MuteCommandDto['changes']): (effect: JournalEntry) => boolean {
  const wanted = new Map(changes.map(({ scope, after }) => [scope, after]))
  const isAsWanted = (change: JournalEntry['changes']['oneToOne'], after: MuteEnd = null) =>
    change === undefined ||
    (typeof change.after === 'number' && typeof after === 'number'
      ? change.after - after <= inTimeMs
      : change.after === after)
  return (effect) =>
    isAsWanted(effect.changes.oneToOne, wanted.get('one_to_one')) &&
    isAsWanted(effect.changes.allGroups, wanted.get('all_groups'))
}

function changesAnything({ changes }: JournalEntry): boolean {
  return [changes.oneToOne, changes.allGroups].some(
    (change) => change && !isSame(change.before, change.after),
  )
}

function isSame(a: MuteEnd, b: MuteEnd): boolean {
  return typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) <= toleranceMs : a === b
}

const terminalSchema = z.array(z.object({ command_id: z.uuid(), asked: z.int(), ended: z.int() }))

/**
 * Reads the record of a console that was stopped: every command was asked for once and ended once, and the chain
 * holds, as `npm run audit -- verify` says.
 */
export async function expectWholeRecord(stage: Stage, commands: number): Promise<void> {
  const { env } = stage.demo
  const client = await PGlite.create({ dataDir: env.DATA_DIR ?? '', extensions: { pg_trgm } })
  const { rows } = await client.query(`
    select command_id, count(*) filter (where type = 'mute.requested')::int as asked,
      count(*) filter (where type in ('mute.applied', 'mute.rejected'))::int as ended
    from audit_events where command_id is not null group by command_id`)
  await client.close()
  const found = terminalSchema.parse(rows)
  expect(found).toHaveLength(commands)
  expect(found.filter(({ asked, ended }) => asked !== 1 || ended !== 1)).toEqual([])

  const args = ['--conditions=react-server', '--import', 'tsx', 'lib/cli/audit.ts', 'verify']
  const verified = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' })
  expect(verified.stdout + verified.stderr).toMatch(/^the record holds: \d+ events\n$/)
}
