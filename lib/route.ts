import 'server-only'
import type { NextRequest } from 'next/server'
import type * as z from 'zod'
import { refuse, requireWithinLimit, toActionError } from '@/lib/action'
import type { Actor } from '@/lib/auth/actor'
import { findActor } from '@/lib/auth/find-actor'
import { parseInput } from '@/lib/auth/parse-input'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Permission } from '@/lib/auth/roles'
import { appContext, type Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { decodeSegment } from '@/lib/read'
import type { ActionResult } from '@/lib/result'
import { statusByCode } from '@/lib/status'

type Definition<Schema extends z.ZodType, Data> = {
  /** its name in the log, like `accounts.search` */
  name: string
  /** of the path's and the query's parameters together */
  input: Schema
  permission: Permission
  /** calls per moderator and minute */
  limit: number
  verb(context: Context, actor: Actor, input: z.output<Schema>): Promise<Data>
  /** the answer to what the verb gave, where it is not JSON; what it throws is told like what the verb throws */
  respond?(data: Data, request: NextRequest): Response
}

/**
 * Makes a GET route handler for the browser's reads: actor → permission → strict parse → inbound rate limit → verb →
 * JSON, never cached, or the route's own answer. Reading what one's role does not include is audited.
 */
export function defineRoute<Schema extends z.ZodType, Data>(definition: Definition<Schema, Data>) {
  return async (
    request: NextRequest,
    { params }: { params: Promise<Record<string, string> | undefined> },
  ): Promise<Response> => {
    let actor: Actor | null = null
    try {
      actor = await findActor()
      if (!actor) throw new AppError('UNAUTHENTICATED')
      requirePermission(actor, definition.permission)
      const query = Object.fromEntries(request.nextUrl.searchParams)
      // A path without parameters has no object of them.
      const path = Object.entries((await params) ?? {}).map(([name, segment]) => [
        name,
        decodeSegment(segment),
      ])
      const input = parseInput(definition.input, { ...query, ...Object.fromEntries(path) })
      const context = await appContext()
      await requireWithinLimit(context, `read:${definition.name}:${actor.id}`, definition.limit)
      const data = await definition.verb(context, actor, input)
      if (definition.respond) return definition.respond(data, request)
      const result: ActionResult<Data> = { ok: true, data }
      return Response.json(result, { headers: noStore })
    } catch (error) {
      const isDenied = error instanceof AppError && error.code === 'FORBIDDEN'
      const told = isDenied
        ? await refuse(definition.name, actor, error)
        : toActionError(definition.name, error)
      const result: ActionResult<Data> = { ok: false, error: told }
      return Response.json(result, { status: statusByCode[result.error.code], headers: noStore })
    }
  }
}

/** Answers what `proxy.ts` hands over: a POST that another site's page made. It is refused and audited, whoever asks. */
export async function refuseForeignOrigin(): Promise<Response> {
  const error = await refuse('foreign-origin', await findActor(), new AppError('ORIGIN_REFUSED'))
  const result: ActionResult<never> = { ok: false, error }
  return Response.json(result, { status: statusByCode[error.code], headers: noStore })
}

const noStore = { 'cache-control': 'no-store' }
