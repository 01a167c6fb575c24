import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import type { MuteCommandDto } from '../../lib/mutes/schemas'
import { type Demo, startDemo } from '../demo/start'
import { createEmulatorControl, type EmulatorControl } from '../emulator/control'
import type { CallEntry } from '../emulator/schemas'
import { openSession } from '../fixtures'
import { type ActionResult, callAction, cookieHeader } from '../server-actions'

/** One command sent to the console on an account that nothing else touches. */
export type Trial = {
  /** where it was to be interrupted */
  point: string
  connection: ConnectionKey
  account: string
  /** what the moderator was told; null: the console died before it answered */
  told: Promise<ActionResult | null>
}
export type ConnectionKey = 'sg' | 'beta'

/** A console that can be killed under commands, with the provider's stand-in and a database that outlive it. */
export type Stage = {
  demo: Demo
  emulator: EmulatorControl
  trials: Trial[]
  /** Starts the console, unless it runs. */
  wake(): Promise<void>
  /** Kills the console with SIGKILL, unless it is dead. */
  kill(): Promise<void>
  /** Makes accounts for trials: some muted for two hours, so that there is something to lift. */
  prepare(point: string, count: number, connection?: ConnectionKey): Promise<Trial[]>
  /** Sends the trials' commands all at once: mutes of an hour, mutes for ever and lifts. */
  send(trials: readonly Trial[]): void
  /** The calls of these trials that the provider saw so far; without `api` those of any kind. */
  callsOf(trials: readonly Trial[], api?: CallEntry['api']): Promise<CallEntry[]>
  /** The commands on record for a trial's account. */
  history(trial: Trial): Promise<MuteCommandDto[]>
  /** Writes how many calls a second the console may make; counts from its next start. */
  limitCalls(connection: ConnectionKey, callsPerSecond: Record<string, number>): void
  stop(): Promise<void>
}

export const appIds: Record<ConnectionKey, number> = { sg: 1400000000, beta: 1400000001 }
/** Whoever reads may ask 240 times a minute, whoever mutes give 120 commands a minute. */
const givers = ['moderator', 'lead', 'admin'] as const
const readers = [...givers, 'viewer', 'support'] as const

/** Starts a stage. Stop it at the test's end. */
export async function startStage(): Promise<Stage> {
  const demo = await startDemo({ isEphemeral: true, port: 0, mayBuild: false })
  try {
    return await openStage(demo)
  } catch (error) {
    await demo.stop()
    throw error
  }
}

async function openStage(demo: Demo): Promise<Stage> {
  const emulator = createEmulatorControl(demo.emulatorUrl)
  const states = await Promise.all(readers.map((role) => openSession(demo, role)))
  const cookies = states.map((state) => cookieHeader(state.cookies))
  let reads = 0
  let isAwake = true
  const trials: Trial[] = []

  /**
   * A console that has just started loads the code of its first command for seconds on a busy machine: of many sent
   * together then, the first would time out before the last has come where they are to be caught.
   */
  async function warmUp() {
    const refused = await callAction(demo.consoleUrl, cookies[0] ?? '', 'applyMuteAction', {})
    expect(refused.result).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
  }

  return {
    demo,
    emulator,
    trials,

    async wake() {
      if (!isAwake) await demo.startConsole()
      isAwake = true
    },

    async kill() {
      if (isAwake) await demo.killConsole()
      isAwake = false
    },

    async prepare(point, count, connection = 'sg') {
      await warmUp()
      const made = Array.from({ length: count }, (_, index): Trial => {
        const account = `${point}-${index}-${randomUUID().slice(0, 8)}`
        return { point, connection, account, told: Promise.resolve(null) }
      })
      await emulator.seed({
        appId: appIds[connection],
        accounts: made.map(({ account }, index) => ({
          id: account,
          ...(wishOf(index) === 'lift' && { oneToOne: 7_200, allGroups: 7_200 }),
        })),
      })
      return made
    },

    send(chosen) {
      trials.push(...chosen)
      chosen.forEach((trial, index) => {
        const { name, input } = commandFor(trial, wishOf(index))
        const cookie = cookies[index % givers.length] ?? ''
        // A console that is killed answers nothing.
        trial.told = callAction(demo.consoleUrl, cookie, name, input).then(
          ({ result }) => result,
          () => null,
        )
      })
    },

    async callsOf(chosen, api) {
      const accounts = new Set(chosen.map(({ account }) => account))
      const calls = await emulator.calls()
      return calls.filter(
        (call) => (!api || call.api === api) && call.accounts.some((id) => accounts.has(id)),
      )
    },

    async history({ connection, account }) {
      reads += 1
      const response = await fetch(`${demo.consoleUrl}/api/mutes/${connection}/${account}/history`, {
        headers: { cookie: cookies[reads % cookies.length] ?? '' },
      })
      expect(response.status).toBe(200)
      const body: { data: { commands: MuteCommandDto[] } } = await response.json()
      return body.data.commands
    },

    limitCalls(connection, callsPerSecond) {
      const file = demo.env.CONNECTIONS_FILE ?? ''
      const entries: { key: string }[] = JSON.parse(readFileSync(file, 'utf8'))
      const limited = entries.map((entry) =>
        entry.key === connection ? { ...entry, limits: { callsPerSecond } } : entry,
      )
      writeFileSync(file, JSON.stringify(limited))
    },

    stop: () => demo.stop(),
  }
}

function wishOf(index: number): 'hour' | 'forever' | 'lift' {
  if (index % 4 === 1) return 'forever'
  return index % 4 === 3 ? 'lift' : 'hour'
}

function commandFor({ connection, account }: Trial, wish: ReturnType<typeof wishOf>) {
  const target = {
    idempotencyKey: randomUUID(),
    connection,
    userId: account,
    scopes: ['one_to_one', 'all_groups'],
    basis: {},
    reason: { category: 'spam', text: 'Sent while the console was being killed' },
  }
  if (wish === 'lift') return { name: 'liftMuteAction', input: target }
  const end = wish === 'forever' ? { kind: 'forever' } : { kind: 'duration', seconds: 3_600 }
  return { name: 'applyMuteAction', input: { ...target, end } }
}
