import type { FaultInput } from '@/e2e/emulator/fault-schemas'
import type { ContractFault } from '@/lib/provider/contract-stage'

/** A fault of the contract as the emulator takes it; `overLimitCode` is what the provider says to too many calls. */
export function faultOf(fault: ContractFault, overLimitCode: number): FaultInput {
  if (typeof fault === 'object') return { kind: 'code', code: fault.code }
  switch (fault) {
    case 'html':
    case 'empty':
    case 'truncated':
    case 'huge':
      return { kind: fault }
    case 'wrong_types':
      return { kind: 'wrong-types' }
    case 'server_error':
      return { kind: 'status', status: 502 }
    case 'dropped_before_applying':
      return { kind: 'drop-before' }
    case 'dropped_after_applying':
      return { kind: 'drop-after' }
    case 'answer_after_deadline':
      return { kind: 'delay', ms: 60_000 }
    case 'over_limit':
      return { kind: 'code', code: overLimitCode }
    default:
      return fault satisfies never
  }
}
