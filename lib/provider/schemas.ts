import * as z from 'zod'
import { providerErrorKinds } from './errors'
import { providerNames } from './port'

/** A failure as a screen knows it: which kind, at which provider, with which code of its own. */
export const adviceSchema = z.strictObject({
  provider: z.enum(providerNames, 'invalid'),
  kind: z.enum(providerErrorKinds, 'invalid'),
  code: z.coerce.number('invalid').int('invalid').optional(),
})
export type AdviceInput = z.infer<typeof adviceSchema>

/** What a failure means and what a moderator can do, in the reader's language. */
export type AdviceDto = { meaning: string; advice: string }
