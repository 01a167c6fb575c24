import * as z from 'zod'
import { type CallbackInput, callbackAnswerSchema } from './callbacks'
import type { ClockHand } from './clock'
import type { DataName } from './data/seeds'
import { deliverySchema } from './deliveries'
import { type FaultInput, faultListSchema } from './fault-schemas'
import { groupStateSchema, type putGroupSchema, type seedWithGroupsSchema } from './group-schemas'
import type { MuteWish } from './schemas'
import {
  callEntrySchema,
  clockSchema,
  journalEntrySchema,
  mutesSchema,
  okSchema,
  statsSchema,
  violationsSchema,
} from './schemas'
import { tipSchema } from './tips'
import { type PutZegoGroupInput, type ZegoSeedInput, zegoGroupSchema } from './zego/schemas'

const errorSchema = z.object({ error: z.string() })

/**
 * What `seed` takes: accounts, groups and one-to-one messages for one app (the default app unless named), whole new
 * apps, and the same of ZEGO.
 */
export type SeedInput = z.input<typeof seedWithGroupsSchema> & { zego?: ZegoSeedInput }

/** A change of an account's mutes made outside the console under test. An absent scope stays as it is. */
export type MutesInput = { appId?: number; account: string; oneToOne?: MuteWish; allGroups?: MuteWish }

/** A change of a group made outside the console under test. What is absent stays as it is. */
export type GroupInput = z.input<typeof putGroupSchema>

/** Drives an emulator from a test. Every method rejects with the emulator's reason when it refuses. */
export type EmulatorControl = ReturnType<typeof createEmulatorControl>

/**
 * A client of an emulator's control API.
 * @param url the `url` that the emulator printed, without a path
 */
export function createEmulatorControl(url: string) {
  async function ask<Out>(method: string, path: string, answer: z.ZodType<Out>, body?: object): Promise<Out> {
    const response = await fetch(new URL(`/control/${path}`, url), {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    const json: unknown = await response.json()
    if (response.ok) return answer.parse(json)
    throw new Error(`emulator: ${method} ${path}: ${errorSchema.parse(json).error}`)
  }

  return {
    url,
    /** Back to the data set (the one it has unless named), with all logs, faults and clocks as at the start. */
    reset: (data?: DataName) => ask('POST', 'reset', okSchema, { data }),
    /** Adds accounts and groups, replacing those with the same id; mutes are in seconds from now. */
    seed: (input: SeedInput) => ask('POST', 'seed', okSchema, input),
    /** Moves the emulator's clock forward: the hand of the mutes, of the signatures, or both. */
    advanceClock: (seconds: number, hand: ClockHand = 'all') =>
      ask('POST', 'clock/advance', clockSchema, { seconds, hand }),
    clock: () => ask('GET', 'clock', clockSchema),
    /** Every effect that was applied, in order. */
    journal: (since = 0) => ask('GET', `journal?since=${since}`, z.array(journalEntrySchema)),
    /** What the members of groups were told, in order. */
    tips: (since = 0) => ask('GET', `tips?since=${since}`, z.array(tipSchema)),
    /** What people were written by the server API, in order. */
    deliveries: (since = 0) => ask('GET', `deliveries?since=${since}`, z.array(deliverySchema)),
    /** Every provider call that arrived, in order. */
    calls: (since = 0) => ask('GET', `calls?since=${since}`, z.array(callEntrySchema)),
    /** Every rule of the provider's documents that a call broke. */
    violations: () => ask('GET', 'violations', violationsSchema),
    /** Calls, refusals and the busiest second, by app and API. */
    stats: () => ask('GET', 'stats', statsSchema),
    /** Queues faults; each call suffers at most the first that fits. */
    addFaults: (...faults: FaultInput[]) => ask('POST', 'faults', okSchema, { faults }),
    faults: () => ask('GET', 'faults', faultListSchema),
    clearFaults: () => ask('DELETE', 'faults', okSchema),
    /** Lets all calls go that a `delay` holds back now. */
    releaseCalls: () => ask('POST', 'faults/release', okSchema),
    /** Makes every provider call last at least so long, in real milliseconds. */
    setLatency: (ms: number) => ask('POST', 'latency', okSchema, { ms }),
    /** The ends of an account's mutes, asked past the provider API. */
    mutes: (account: string, appId?: number) =>
      ask(
        'GET',
        `mutes?${new URLSearchParams({ account, ...(appId && { appId: String(appId) }) })}`,
        mutesSchema,
      ),
    /** Changes an account's mutes as another console would. */
    putMutes: (input: MutesInput) => ask('PUT', 'mutes', mutesSchema, input),
    /** A group with its members, mutes and topics, asked past the provider API. */
    group: (group: string, appId?: number) =>
      ask(
        'GET',
        `group?${new URLSearchParams({ group, ...(appId && { appId: String(appId) }) })}`,
        groupStateSchema,
      ),
    /** Changes a group as another console would. */
    putGroup: (input: GroupInput) => ask('PUT', 'group', groupStateSchema, input),
    dissolveGroup: (group: string, appId?: number) => ask('DELETE', 'group', okSchema, { group, appId }),
    /** A group of ZEGO's, asked past the provider API. */
    zegoGroup: (group: string, appId?: number) =>
      ask(
        'GET',
        `zego/group?${new URLSearchParams({ group, ...(appId && { appId: String(appId) }) })}`,
        zegoGroupSchema,
      ),
    /** Changes a group of ZEGO's as another console would. */
    putZegoGroup: (input: PutZegoGroupInput) => ask('PUT', 'zego/group', zegoGroupSchema, input),
    /** Calls the customer's server as the provider would, signed; resolves with its answer. */
    sendCallback: (input: CallbackInput) => ask('POST', 'callback', callbackAnswerSchema, input),
    /** Ends a group of ZEGO's as another console would. */
    dissolveZegoGroup: (group: string, appId?: number) =>
      ask('DELETE', 'zego/group', okSchema, { group, appId }),
  }
}
