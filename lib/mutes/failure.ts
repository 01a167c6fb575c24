import 'server-only'
import * as z from 'zod'
import { providerErrorKinds } from '@/lib/provider/errors'
import type { MuteFailure } from './schemas'

const failureSchema = z
  .object({
    kind: z.enum([...providerErrorKinds, 'interrupted', 'overtaken', 'too_late']),
    providerCode: z.number().exactOptional(),
  })
  .nullable()

/** A stored failure, parsed. */
export function parseFailure(stored: unknown): MuteFailure | null {
  return failureSchema.parse(stored)
}
