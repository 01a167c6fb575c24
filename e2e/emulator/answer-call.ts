import { setTimeout as wait } from 'node:timers/promises'
import type { Fault } from './fault-schemas'
import { Refusal } from './refusal'
import type { ApiName, JournalEntry, ViolationKind } from './schemas'
import { type Answer, jsonAnswer, spoil } from './spoil'
import type { World } from './world'

/** A request as it came in. */
export type IncomingCall = { method: string; path: string; search: string; body: Buffer }

/** What has been learned of a call so far; the log and the violations are written from it. */
export type Trace = { appId: number | null; random: number | string | null }

/** Counts a broken rule that does not make the provider refuse the call. */
export type Violate = (kind: ViolationKind, message: string) => void

/** An applied effect as a provider's part tells it; the rest of its journal entry is the same for all. */
export type Effect = Pick<JournalEntry, 'account' | 'changes'> &
  Partial<Pick<JournalEntry, 'group' | 'topic'>>

/** An account that a fault makes fail inside a batch, with the code of its failure. */
export type Failing = { account: string; code: number }

/** A call whose every field was found good. */
export type PreparedCall = {
  /** The accounts that the call names. */
  accounts: readonly string[]
  /** The groups that the call names. */
  groups?: readonly string[]
  /** Does what was asked, now, and returns the fields of the answer beside the common ones. May refuse. */
  apply(): Record<string, unknown>
  /** The same with one account failing; only where the answer has a place for accounts that failed. */
  applyExcept?(failing: Failing): Record<string, unknown>
}

/** What a provider's part does with a call. */
export type ProviderCall = {
  /** Null for a call that the provider does not have. */
  api: ApiName | null
  path: string
  /** Checks the call and changes nothing. Fills `trace` as it goes, so that a refused call can be logged too. */
  prepare(trace: Trace, violate: Violate): PreparedCall
  /** An answer's body with the provider's common fields. */
  dress(code: number, info: string, fields?: Record<string, unknown>): Record<string, unknown>
}

/**
 * Answers one provider call: checks it, lets at most one fault strike it, applies it, and logs it.
 * @param signal ends all waiting when the emulator closes
 */
export async function answerCall(world: World, call: ProviderCall, signal: AbortSignal): Promise<Answer> {
  const trace: Trace = { appId: null, random: null }
  const entry = world.calls.add({
    at: Date.now(),
    api: call.api,
    path: call.path,
    appId: null,
    random: null,
    accounts: [],
    fault: null,
    state: 'pending',
    status: null,
    code: null,
  })
  const violate: Violate = (kind, message) => {
    world.violations.add({ at: Date.now(), kind, api: call.api, appId: trace.appId, message })
  }

  const startedAge = world.age
  const answer = await decide()
  if (world.latencyMs > 0) await wait(world.latencyMs, undefined, { signal })
  entry.state = answer.kind === 'drop' ? 'dropped' : 'answered'
  entry.status = answer.kind === 'drop' ? null : answer.status
  return answer

  async function decide(): Promise<Answer> {
    try {
      const prepared = prepareCall()
      const fault = takeFault(prepared)
      if (!fault) return jsonAnswer(apply(prepared.apply))
      return await suffer(fault, prepared)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return jsonAnswer(refuse(error))
    }
  }

  function prepareCall(): PreparedCall {
    try {
      const prepared = call.prepare(trace, violate)
      entry.accounts = [...prepared.accounts]
      return prepared
    } finally {
      entry.appId = trace.appId
      entry.random = trace.random
    }
  }

  function takeFault({ accounts, groups, applyExcept }: PreparedCall): Fault | null {
    if (!call.api || trace.appId === null) return null
    const canFailInPart = applyExcept !== undefined
    const fault = world.faults.take({ api: call.api, appId: trace.appId, accounts, groups, canFailInPart })
    entry.fault = fault?.kind ?? null
    return fault
  }

  /** Applies the call and dresses its answer; a refusal at this point is an answer too. */
  function apply(effect: PreparedCall['apply']): Record<string, unknown> {
    try {
      const fields = effect()
      entry.code = 0
      return call.dress(0, '', fields)
    } catch (error) {
      if (error instanceof Refusal) return refuse(error)
      throw error
    }
  }

  function refuse(refusal: Refusal): Record<string, unknown> {
    if (refusal.violation) violate(refusal.violation, refusal.message)
    entry.code = refusal.code
    return call.dress(refusal.code, refusal.message, refusal.fields)
  }

  async function suffer(fault: Fault, prepared: PreparedCall): Promise<Answer> {
    switch (fault.kind) {
      case 'drop-before':
        return { kind: 'drop' }
      case 'drop-after':
        apply(prepared.apply)
        return { kind: 'drop' }
      case 'delay': {
        if (fault.when === 'before-applying') {
          await world.faults.hold(fault.ms, signal)
          if (world.age !== startedAge) return { kind: 'drop' }
          return jsonAnswer(apply(prepared.apply))
        }
        const answered = jsonAnswer(apply(prepared.apply))
        await world.faults.hold(fault.ms, signal)
        return answered
      }
      case 'code':
        if (fault.applies) apply(prepared.apply)
        entry.code = fault.code
        return jsonAnswer(call.dress(fault.code, fault.info))
      case 'partial':
        return jsonAnswer(apply(() => prepared.applyExcept?.(fault) ?? prepared.apply()))
      default:
        return spoil(fault, fault.applies ? apply(prepared.apply) : call.dress(0, ''))
    }
  }
}

/** Writes down what a provider call changed. */
export function recordEffect(
  world: World,
  { appId, random }: Pick<JournalEntry, 'appId' | 'random'>,
  { account, group = null, topic = null, changes }: Effect,
): void {
  world.journal.add({
    at: Date.now(),
    emulatorAt: world.clock.mutesNow(),
    source: 'api',
    appId,
    account,
    group,
    topic,
    random,
    changes,
  })
}
