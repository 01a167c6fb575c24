import { answerCall, type IncomingCall } from '../answer-call'
import type { Answer } from '../spoil'
import type { World } from '../world'
import { admitCall } from './admit'
import { ZEGO_ENDPOINTS } from './endpoints'

/**
 * Answers one of ZEGO's calls.
 * @param signal ends all waiting when the emulator closes
 */
export function handleZego(world: World, incoming: IncomingCall, signal: AbortSignal): Promise<Answer> {
  const name = new URLSearchParams(incoming.search).get('Action')
  const endpoint = ZEGO_ENDPOINTS.find(({ action }) => action === name) ?? null
  return answerCall(
    world,
    {
      api: endpoint?.action ?? null,
      path: incoming.path,
      prepare(trace, violate) {
        const admitted = admitCall(world, endpoint, incoming, trace, violate)
        return admitted.endpoint.prepare(admitted.call)
      },
      dress: (code, info, fields) => ({
        Code: code,
        Message: code === 0 ? 'success' : info,
        RequestId: process.hrtime.bigint().toString(),
        ...fields,
      }),
    },
    signal,
  )
}
