import 'server-only'
import type * as z from 'zod'
import { systemClock } from '@/lib/clock'
import type { ZegoConnection } from '@/lib/env'
import { type Answered, type CallerOptions, createCaller } from '../caller'
import type { CallOptions, MutePermit } from '../port'
import { judge } from './outcome'
import { encodeQuery, type QueryParameters } from './query'
import { signedParameters } from './sign'
import { actions, type GetAction, type PostAction } from './wire'

/** Hosts of the regions; the advice is to take the one nearest to this server. `endpoint` replaces them. */
const domains: Record<ZegoConnection['region'], string> = {
  unified: 'zim-api.zego.im',
  shanghai: 'zim-api-sha.zego.im',
  'hong-kong': 'zim-api-hkg.zego.im',
  frankfurt: 'zim-api-fra.zego.im',
  california: 'zim-api-lax.zego.im',
  mumbai: 'zim-api-bom.zego.im',
  singapore: 'zim-api-sgp.zego.im',
}

/** Where the connection's API is. */
export function baseOf({ endpoint, region }: ZegoConnection): URL {
  return new URL(endpoint ?? `https://${domains[region]}`)
}

export type ClientOptions = CallerOptions & { connection: ZegoConnection }

/** `input` is built anew for each attempt, after its permit was granted: durations in it are counted from that moment. */
export type Call<T> = { schema: z.ZodType<T> } & (
  | { action: GetAction; input: () => QueryParameters }
  | { action: PostAction; input: () => object }
)

export type ZegoClient = {
  /** Resolves with the parsed answer of the attempt that got one. Throws `ProviderError`. */
  call<T>(call: Call<T>, options: CallOptions): Promise<Answered<T>>
  /** Waits until this Action may be called. Throws `ProviderError` (`busy`, `cancelled`). */
  takePermit(action: GetAction | PostAction, options: CallOptions): Promise<MutePermit>
  /** The connection's limit of an Action, calls a second. */
  perSecond(action: GetAction | PostAction): number
  close(): Promise<void>
}

/** Calls one connection's server API. */
export function createZegoClient(options: ClientOptions): ZegoClient {
  const { connection, clock = systemClock } = options
  const { appId } = connection
  const base = baseOf(connection)
  const caller = createCaller(base.origin, judge, options)

  function sign<T>(call: Call<T>) {
    const common = { Action: call.action, ...signedParameters(connection, clock.now()) }
    const isGet = isGetCall(call)
    const query = encodeQuery(isGet ? { ...common, ...call.input() } : common)
    return { path: `${base.pathname}?${query}`, body: isGet ? null : JSON.stringify(call.input()) }
  }

  const perSecond = (action: GetAction | PostAction) =>
    connection.limits.callsPerSecond[action] ?? actions[action].callsPerSecond
  const limitOf = (action: GetAction | PostAction) => ({
    key: `zego:${appId}:${action}`,
    perSecond: perSecond(action),
  })

  return {
    perSecond,
    takePermit: (action, callOptions) => caller.takePermit(limitOf(action), callOptions),
    call(call, callOptions) {
      const { writes } = actions[call.action]
      return caller.call(
        {
          limit: limitOf(call.action),
          writes,
          schema: call.schema,
          request: () => sign(call),
        },
        callOptions,
      )
    },
    close: () => caller.close(),
  }
}

function isGetCall<T>(call: Call<T>): call is Extract<Call<T>, { action: GetAction }> {
  return actions[call.action].method === 'GET'
}
