import * as z from 'zod'
import { type ApiScope, apiScopes } from './roles'
import { emailSchema, maxNameLength } from './schemas'

/** A new key: what it is called, in whose name it acts, and what it is for. */
export const addApiKeySchema = z.strictObject({
  name: z.string('required').trim().min(1, 'required').max(maxNameLength, 'too_long'),
  /** the moderator's address */
  email: emailSchema,
  scopes: z
    .array(z.enum(apiScopes, 'invalid'), 'invalid')
    .min(1, 'required')
    .max(apiScopes.length, 'too_many')
    .refine((scopes) => new Set(scopes).size === scopes.length, 'duplicate'),
})
export type AddApiKeyInput = z.input<typeof addApiKeySchema>

export const revokeApiKeySchema = z.strictObject({ id: z.uuid('invalid') })
export type RevokeApiKeyInput = z.infer<typeof revokeApiKeySchema>

/** A key as it is shown to those who keep keys; instants in epoch ms. */
export type ApiKeyDto = {
  id: string
  name: string
  /** the part of the secret by which it is recognised */
  prefix: string
  scopes: readonly ApiScope[]
  moderator: { name: string; email: string; isDisabled: boolean }
  createdAt: number
  /** to the minute */
  lastUsedAt: number | null
  revokedAt: number | null
}

/** A key that was just made. The secret is not kept: this is the only time that it can be read. */
export type NewApiKeyDto = { id: string; prefix: string; secret: string }
