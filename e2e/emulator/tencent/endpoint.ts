import type { Effect, PreparedCall, Violate } from '../answer-call'
import type { EmulatorClock } from '../clock'
import type { Delivery } from '../deliveries'
import type { ApiName } from '../schemas'
import type { Tip } from '../tips'
import type { TencentApp } from './apps'

/** A call whose address and signature were found good, with its body parsed. */
export type AdmittedCall = {
  app: TencentApp
  /** Where the emulator listens. */
  origin: string
  random: number
  /** The administrator who calls. */
  operator: string
  body: Record<string, unknown>
  clock: EmulatorClock
  violate: Violate
  /** Writes an applied effect down. */
  record(effect: Effect): void
  /** Writes down what the members of a group are told of an effect. */
  tip(tip: Pick<Tip, 'group' | 'topic' | 'kind' | 'accounts'>): void
  /** Writes down what somebody was written. */
  deliver(delivery: Pick<Delivery, 'from' | 'to' | 'text'>): void
}

/**
 * How an answer is dressed: the no-speaking pair has no `ActionStatus`, the profile calls add `ErrorDisplay`.
 */
export type Dress = 'bare' | 'action' | 'profile'

/** One provider call. */
export type Endpoint = {
  api: ApiName
  path: string
  limitPerSecond: number
  dress: Dress
  /** The code for a body that is not a JSON object. */
  badJsonCode: number
  /** The code for a caller who is no administrator of the app. */
  notAdminCode: number
  /** Checks the body; refuses what the documents do not allow. Changes nothing. */
  prepare(call: AdmittedCall): PreparedCall
}

/** An answer's body with the common fields in the dress of its endpoint. */
export function dressAnswer(
  dress: Dress,
  code: number,
  info: string,
  fields: Record<string, unknown> = {},
): Record<string, unknown> {
  switch (dress) {
    case 'bare':
      return { ErrorCode: code, ErrorInfo: info, ...fields }
    case 'action':
      return { ActionStatus: code === 0 ? 'OK' : 'FAIL', ErrorInfo: info, ErrorCode: code, ...fields }
    case 'profile':
      return {
        ...fields,
        ActionStatus: code === 0 ? 'OK' : 'FAIL',
        ErrorCode: code,
        ErrorInfo: info,
        ErrorDisplay: '',
      }
    default:
      return dress satisfies never
  }
}
