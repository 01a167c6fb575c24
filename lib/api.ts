import 'server-only'
import type { NextRequest } from 'next/server'
import type * as z from 'zod'
import { refuse, requireWithinLimit, toActionError } from '@/lib/action'
import { type ApiOperation, idempotencyKeySchema, maxApiBodyBytes } from '@/lib/api-operation'
import type { Actor } from '@/lib/auth/actor'
import { findActorOfKey } from '@/lib/auth/find-actor-of-key'
import { parseInput } from '@/lib/auth/parse-input'
import { requirePermission } from '@/lib/auth/require-permission'
import { appContext, type Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { decodeSegment } from '@/lib/read'
import type { ActionError } from '@/lib/result'
import { statusByCode } from '@/lib/status'

/** What the verb gets: a change that has a body has its idempotency key beside the body's fields. */
type InputOf<O extends ApiOperation> = z.output<O['input']> &
  (O extends { method: 'get' } | { isBodiless: true } ? unknown : { idempotencyKey: string })

type Verb<O extends ApiOperation> = (
  context: Context,
  actor: Actor,
  input: InputOf<O>,
) => Promise<z.input<O['answer']>>

/**
 * Makes a route handler of the public API: bearer key → actor read from the database now → scope and permission → size →
 * JSON → strict parse → inbound rate limit → verb → the answer's named fields as JSON, never cached. Errors are the
 * console's closed codes with a request id.
 *
 * No cookie is looked at, so no origin is pinned: another site's page can make a browser send this request, but not with
 * a key, which only the `authorization` header carries and no browser adds by itself. Who cannot sign in and what a key
 * may not do is audited, and every refused change.
 */
export function defineApi<O extends ApiOperation>(operation: O, verb: Verb<O>) {
  return async (
    request: NextRequest,
    { params }: { params: Promise<Record<string, string> | undefined> },
  ): Promise<Response> => {
    let actor: Actor | null = null
    try {
      const context = await appContext()
      actor = await findActorOfKey(context.db, bearerOf(request.headers))
      if (!actor?.apiKey) throw new AppError('UNAUTHENTICATED')
      if (!actor.apiKey.scopes.includes(operation.scope)) throw new AppError('FORBIDDEN')
      requirePermission(actor, operation.permission)
      const input =
        operation.method === 'post' && !operation.isBodiless
          ? await readChange(operation, request)
          : parseInput(operation.input, await readQuery(request, params))
      await requireWithinLimit(context, `${operation.name}:${actor.apiKey.id}`, operation.limit)
      // The two branches above are what `InputOf` says of the two methods; the compiler cannot see that through `O`.
      const answer = await verb(context, actor, input as InputOf<O>)
      return Response.json(operation.answer.parse(answer), { status: operation.status, headers: noStore })
    } catch (error) {
      return tell(await explain(operation, actor, error))
    }
  }
}

/** What the `authorization` header carries; empty when it carries no bearer token, and then no key has it. */
function bearerOf(headers: Headers): string {
  return /^bearer ([\x21-\x7e]{1,200})$/i.exec(headers.get('authorization') ?? '')?.[1] ?? ''
}

async function readQuery(request: NextRequest, params: Promise<Record<string, string> | undefined>) {
  const path = Object.entries((await params) ?? {}).map(([name, segment]) => [name, decodeSegment(segment)])
  return { ...Object.fromEntries(request.nextUrl.searchParams), ...Object.fromEntries(path) }
}

async function readChange({ input }: ApiOperation, request: NextRequest) {
  if (Number(request.headers.get('content-length')) > maxApiBodyBytes) throw new AppError('BODY_TOO_LARGE')
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw new AppError('NOT_JSON')
  const body = parseInput(input, await readJson(request))
  const key = idempotencyKeySchema.safeParse(request.headers.get('idempotency-key'))
  if (!key.success) throw new AppError('INVALID_INPUT', { fields: { 'Idempotency-Key': 'invalid' } })
  return Object.assign({}, body, { idempotencyKey: key.data })
}

/** The body as JSON, read no further than it may be long, whatever length it claims to have. */
async function readJson(request: NextRequest): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxApiBodyBytes) throw new AppError('BODY_TOO_LARGE')
    chunks.push(chunk)
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
  } catch {
    throw new AppError('INVALID_INPUT', { fields: { input: 'invalid' } })
  }
}

function explain({ name, method }: ApiOperation, actor: Actor | null, error: unknown): Promise<ActionError> {
  const isDenied = error instanceof AppError && /^(UNAUTHENTICATED|FORBIDDEN)$/.test(error.code)
  return isDenied || method === 'post'
    ? refuse(name, actor, error)
    : Promise.resolve(toActionError(name, error))
}

const noStore = { 'cache-control': 'no-store' }

function tell(error: ActionError): Response {
  const { retryAfterSeconds } = error.details ?? {}
  return Response.json(
    { error },
    {
      status: statusByCode[error.code],
      headers: {
        ...noStore,
        ...(error.code === 'UNAUTHENTICATED' && { 'www-authenticate': 'Bearer' }),
        ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
      },
    },
  )
}
