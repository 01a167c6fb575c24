import type { Effect, PreparedCall, Violate } from '../answer-call'
import type { Delivery } from '../deliveries'
import type { ZegoAction } from '../schemas'
import type { Tip } from '../tips'
import type { ZegoApp } from './apps'
import type { Fields } from './fields'

/** A call whose address and signature were found good. */
export type AdmittedCall = {
  app: ZegoApp
  fields: Fields
  /** Where the emulator listens. */
  origin: string
  /** Epoch milliseconds by which mutes end. */
  now(): number
  violate: Violate
  /** Writes an applied effect down. */
  record(effect: Effect): void
  /** Tells the members of a group. */
  tell(tip: Pick<Tip, 'group' | 'kind' | 'operator' | 'accounts'>): void
  /** Writes down what somebody was written. */
  deliver(delivery: Pick<Delivery, 'from' | 'to' | 'text'>): void
}

/** One Action. */
export type ZegoEndpoint = {
  action: ZegoAction
  method: 'GET' | 'POST'
  limitPerSecond: number
  overLimitCode: number
  /** The names of its parameters; those of arrays without their brackets. */
  scalars: readonly string[]
  arrays: readonly string[]
  /** Checks the parameters; refuses what the documents do not allow. Changes nothing. */
  prepare(call: AdmittedCall): PreparedCall
}
