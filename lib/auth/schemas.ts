import * as z from 'zod'
import { roles } from './roles'

/** Longest e-mail address that can be delivered to (RFC 5321, 4.5.3.1.3, less the angle brackets). */
export const maxEmailLength = 254
/** Passwords are at least this long, in characters; there are no rules of composition. */
export const minPasswordLength = 8
/** The longest password that is hashed, in characters; it bounds the work of one try. */
export const maxPasswordLength = 128
export const maxNameLength = 80

/** An e-mail address in the form in which it is stored and compared: trimmed and in lower case. */
export const emailSchema = z
  .string({ error: 'required' })
  .trim()
  .toLowerCase()
  .max(maxEmailLength, 'too_long')
  .pipe(z.email({ error: 'invalid' }))

/** A password that may be set. NFKC, so that every keyboard that can type it types the same one. */
export const newPasswordSchema = z
  .string({ error: 'required' })
  .normalize('NFKC')
  .min(minPasswordLength, 'invalid')
  .max(maxPasswordLength, 'too_long')

export const roleSchema = z.enum(roles, { error: 'invalid' })

/** What a person types to sign in. A password too short to exist is still tried: it looks like any wrong one. */
export const signInSchema = z.strictObject({
  email: emailSchema,
  password: z.string().normalize('NFKC').min(1, 'required').max(maxPasswordLength, 'too_long'),
})
export type SignInInput = z.infer<typeof signInSchema>

/** Tries with one account from one address, and with all accounts from one address, in each window. */
export const signInLimits = { perAccountAndAddress: 5, perAddress: 50, windowSeconds: 15 * 60 } as const

/** A new sign-in; without a name the address stands in for it, without a password one is made up. */
export const addModeratorSchema = z.strictObject({
  email: emailSchema,
  role: roleSchema,
  name: z.string().trim().min(1, 'required').max(maxNameLength, 'too_long').optional(),
  password: newPasswordSchema.optional(),
})
export type AddModeratorInput = z.input<typeof addModeratorSchema>

/** Whose sign-in is disabled or enabled. */
export const moderatorAddressSchema = z.strictObject({ email: emailSchema })
export type ModeratorAddressInput = z.input<typeof moderatorAddressSchema>

/** Without a password one is made up. */
export const resetPasswordSchema = z.strictObject({
  email: emailSchema,
  password: newPasswordSchema.optional(),
})
export type ResetPasswordInput = z.input<typeof resetPasswordSchema>

/** What is read of the token: the id of a `sessions` row, and its own end as next-auth stamps it, in seconds. */
export const sessionTokenSchema = z.object({ sid: z.uuid(), exp: z.int() })
