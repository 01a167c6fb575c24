import { setTimeout as wait } from 'node:timers/promises'
import type { Fault } from '../fault-schemas'
import type { ViolationKind } from '../schemas'
import { type Answer, jsonAnswer, spoil } from '../spoil'
import type { World } from '../world'
import { admitCall, type IncomingCall, type Trace } from './admit'
import { type Dress, dressAnswer, type Endpoint, type PreparedCall } from './endpoint'
import { TENCENT_ENDPOINTS } from './endpoints'
import { Refusal } from './refusal'

/**
 * Answers one provider call: checks it, lets at most one fault strike it, applies it, and logs it.
 * @param signal ends all waiting when the emulator closes
 */
export async function handleTencent(
  world: World,
  incoming: IncomingCall,
  signal: AbortSignal,
): Promise<Answer> {
  const endpoint = TENCENT_ENDPOINTS.find(({ path }) => path === incoming.path) ?? null
  const trace: Trace = { app: null, random: null }
  const entry = world.calls.add({
    at: Date.now(),
    api: endpoint?.api ?? null,
    path: incoming.path,
    appId: null,
    random: null,
    accounts: [],
    fault: null,
    state: 'pending',
    status: null,
    code: null,
  })
  const violate = (kind: ViolationKind, message: string) => {
    const appId = trace.app?.appId ?? null
    world.violations.add({ at: Date.now(), kind, api: entry.api, appId, message })
  }

  const startedAge = world.age
  const answer = await decide()
  if (world.latencyMs > 0) await wait(world.latencyMs, undefined, { signal })
  entry.state = answer.kind === 'drop' ? 'dropped' : 'answered'
  entry.status = answer.kind === 'drop' ? null : answer.status
  return answer

  async function decide(): Promise<Answer> {
    try {
      if (!endpoint)
        throw new Refusal(60009, 'unknown-path', `there is no call ${incoming.path.slice(0, 100)}`)
      const prepared = prepareCall(endpoint)
      const fault = takeFault(endpoint, prepared)
      if (!fault) return jsonAnswer(apply(endpoint, prepared))
      return await suffer(fault, endpoint, prepared)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return jsonAnswer(refuse(endpoint?.dress ?? 'action', error))
    }
  }

  function prepareCall(known: Endpoint): PreparedCall {
    try {
      const prepared = known.prepare(admitCall(world, known, incoming, trace, violate))
      entry.accounts = [...prepared.accounts]
      return prepared
    } finally {
      entry.appId = trace.app?.appId ?? null
      entry.random = trace.random
    }
  }

  function takeFault(known: Endpoint, prepared: PreparedCall): Fault | null {
    if (!trace.app) return null
    const { accounts, groups } = prepared
    const fault = world.faults.take({ api: known.api, appId: trace.app.appId, accounts, groups })
    entry.fault = fault?.kind ?? null
    return fault
  }

  /** Applies the call and dresses its answer; a refusal at this point is an answer too. */
  function apply(known: Endpoint, prepared: PreparedCall): Record<string, unknown> {
    try {
      const fields = prepared.apply()
      entry.code = 0
      return dressAnswer(known.dress, 0, '', fields)
    } catch (error) {
      if (error instanceof Refusal) return refuse(known.dress, error)
      throw error
    }
  }

  function refuse(dress: Dress, refusal: Refusal): Record<string, unknown> {
    if (refusal.violation) violate(refusal.violation, refusal.message)
    entry.code = refusal.code
    return dressAnswer(dress, refusal.code, refusal.message)
  }

  async function suffer(fault: Fault, known: Endpoint, prepared: PreparedCall): Promise<Answer> {
    switch (fault.kind) {
      case 'drop-before':
        return { kind: 'drop' }
      case 'drop-after':
        apply(known, prepared)
        return { kind: 'drop' }
      case 'delay': {
        if (fault.when === 'before-applying') {
          await wait(fault.ms, undefined, { signal })
          if (world.age !== startedAge) return { kind: 'drop' }
          return jsonAnswer(apply(known, prepared))
        }
        const answered = jsonAnswer(apply(known, prepared))
        await wait(fault.ms, undefined, { signal })
        return answered
      }
      case 'code':
        if (fault.applies) apply(known, prepared)
        entry.code = fault.code
        return jsonAnswer(dressAnswer(known.dress, fault.code, fault.info))
      default:
        return spoil(fault, fault.applies ? apply(known, prepared) : dressAnswer(known.dress, 0, ''))
    }
  }
}
