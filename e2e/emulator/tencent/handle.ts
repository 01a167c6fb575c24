import { answerCall, type IncomingCall } from '../answer-call'
import { Refusal } from '../refusal'
import type { Answer } from '../spoil'
import type { World } from '../world'
import { admitCall } from './admit'
import { dressAnswer } from './endpoint'
import { TENCENT_ENDPOINTS } from './endpoints'

/**
 * Answers one of Tencent's calls.
 * @param signal ends all waiting when the emulator closes
 */
export function handleTencent(world: World, incoming: IncomingCall, signal: AbortSignal): Promise<Answer> {
  const endpoint = TENCENT_ENDPOINTS.find(({ path }) => path === incoming.path) ?? null
  return answerCall(
    world,
    {
      api: endpoint?.api ?? null,
      path: incoming.path,
      prepare(trace, violate) {
        if (!endpoint) {
          throw new Refusal(60009, 'unknown-path', `there is no call ${incoming.path.slice(0, 100)}`)
        }
        return endpoint.prepare(admitCall(world, endpoint, incoming, trace, violate))
      },
      dress: (code, info, fields) => dressAnswer(endpoint?.dress ?? 'action', code, info, fields),
    },
    signal,
  )
}
