import 'server-only'
import { headers } from 'next/headers'
import * as z from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { auditRefusal, type RefusalSubject } from '@/lib/auth/audit-refusal'
import { findActor } from '@/lib/auth/find-actor'
import { countAgainstLimit } from '@/lib/auth/limit-parts'
import { parseInput } from '@/lib/auth/parse-input'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Permission } from '@/lib/auth/roles'
import { appContext, type Context } from '@/lib/context'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { errorFields, log } from '@/lib/log'
import type { ActionError, ActionResult } from '@/lib/result'

type Definition<Schema extends z.ZodType, Data> = {
  /** its name in the audit and the log, like `mutes.apply` */
  name: string
  input: Schema
  permission: Permission
  /** calls per moderator and minute */
  limit: number
  verb(context: Context, actor: Actor, input: z.output<Schema>): Promise<Data>
}

/** Where the input names an account: only what was parsed strictly is taken for one. */
const subjectSchema = z.object({ connection: z.string(), userId: z.string() })

/**
 * Makes a server action: origin pinned → actor read from the database now → permission → strict parse → inbound rate
 * limit → verb → typed result. It never throws: what a verb throws on purpose becomes its closed code, anything else
 * a request id. Every refusal is audited. Server actions are reachable by anybody's POST, so nothing is trusted here.
 */
export function defineAction<Schema extends z.ZodType, Data>(definition: Definition<Schema, Data>) {
  return async (raw: z.input<Schema>): Promise<ActionResult<Data>> => {
    let actor: Actor | null = null
    try {
      requireOwnOrigin(await headers())
      actor = await findActor()
      if (!actor) throw new AppError('UNAUTHENTICATED')
      requirePermission(actor, definition.permission)
      const input = parseInput(definition.input, raw)
      const context = await appContext()
      await requireWithinLimit(context, `action:${definition.name}:${actor.id}`, definition.limit)
      return { ok: true, data: await definition.verb(context, actor, input) }
    } catch (error) {
      // Nobody writes into an account's log who has not signed in.
      const about = actor ? subjectOf(definition.input, raw) : undefined
      return { ok: false, error: await refuse(definition.name, actor, error, about) }
    }
  }
}

/** The account that the input names, whoever sent it: it may be refused before it is looked at. */
function subjectOf(schema: z.ZodType, raw: unknown): RefusalSubject | undefined {
  return subjectSchema.safeParse(schema.safeParse(raw).data).data
}

/**
 * Refuses calls that another site's page made: the Origin header must be the console's own. Without one, only what
 * the browser itself marks as same-origin passes. Throws `ORIGIN_REFUSED`.
 */
export function requireOwnOrigin(requestHeaders: Headers): void {
  const origin = requestHeaders.get('origin')
  const isOwn =
    origin === null ? requestHeaders.get('sec-fetch-site') === 'same-origin' : origin === env().appOrigin
  if (!isOwn) throw new AppError('ORIGIN_REFUSED')
}

/** Counts a call against its limit. Throws `RATE_LIMITED` with the seconds to wait. */
export async function requireWithinLimit({ db }: Context, key: string, points: number): Promise<void> {
  const { allowed, retryAfterSeconds } = await countAgainstLimit(db, { key, points, windowSeconds: 60 })
  if (!allowed) throw new AppError('RATE_LIMITED', { details: { retryAfterSeconds } })
}

/** The one place that turns an error into what the caller is told. */
export function toActionError(name: string, error: unknown): ActionError {
  const requestId = crypto.randomUUID()
  if (!(error instanceof AppError)) {
    log.error({ requestId, name, ...errorFields(error) }, 'failed')
    return { code: 'INTERNAL', requestId }
  }
  const { fields, details } = error.options
  log.info({ requestId, name, code: error.code }, 'refused')
  return { code: error.code, requestId, ...(fields ? { fields } : {}), ...(details ? { details } : {}) }
}

/** What the caller is told, after the refusal was audited, with the account that it is `about`. */
export async function refuse(
  name: string,
  actor: Actor | null,
  error: unknown,
  about?: RefusalSubject,
): Promise<ActionError> {
  const told = toActionError(name, error)
  try {
    const { db } = await appContext()
    await auditRefusal(db, actor, { action: name, code: told.code }, about)
  } catch (failure) {
    log.error({ requestId: told.requestId, name, ...errorFields(failure) }, 'a refusal could not be audited')
  }
  return told
}
