import type { ViolationKind } from './schemas'

/**
 * A call that the provider refuses, with its code. `violation` names the rule that the caller broke; null when the
 * caller did nothing wrong, for instance when the account does not exist. `fields` go into the answer beside the code.
 */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    readonly violation: ViolationKind | null,
    message: string,
    readonly fields: Record<string, unknown> = {},
  ) {
    super(message)
    this.name = 'Refusal'
  }
}
