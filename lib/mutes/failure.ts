import 'server-only'
import { type MuteFailure, muteFailureSchema } from './schemas'

/** A stored failure, parsed. */
export function parseFailure(stored: unknown): MuteFailure | null {
  return muteFailureSchema.nullable().parse(stored)
}
