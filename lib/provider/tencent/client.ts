import 'server-only'
import { randomInt } from 'node:crypto'
import type * as z from 'zod'
import { systemClock } from '@/lib/clock'
import type { TencentConnection } from '@/lib/env'
import { type Answered, type CallerOptions, createCaller } from '../caller'
import type { CallOptions, MutePermit } from '../port'
import { judge } from './outcome'
import { createSigner } from './sign'
import { type CommandName, commands } from './wire'

/** Main domains of the data centres ("RESTful API Overview"); `endpoint` of a connection replaces them. */
const domains: Record<TencentConnection['region'], string> = {
  china: 'console.tim.qq.com',
  singapore: 'adminapisgp.im.qcloud.com',
  seoul: 'adminapikr.im.qcloud.com',
  tokyo: 'adminapijpn.im.qcloud.com',
  frankfurt: 'adminapiger.im.qcloud.com',
  'silicon-valley': 'adminapiusa.im.qcloud.com',
  jakarta: 'adminapiidn.im.qcloud.com',
  // UNCONFIRMED since 2024: gone from newer pages, still in older ones.
  mumbai: 'adminapiind.im.qcloud.com',
}

/** Where the connection's API is. */
export function baseOf({ endpoint, region }: TencentConnection): URL {
  return new URL(endpoint ?? `https://${domains[region]}`)
}

export type ClientOptions = CallerOptions & { connection: TencentConnection }

export type Call<T> = {
  command: CommandName
  /** built anew for each attempt, after its permit was granted: durations in it are counted from that moment */
  body: () => object
  schema: z.ZodType<T>
}

export type TencentClient = {
  /** Resolves with the parsed answer of the attempt that got one. Throws `ProviderError`. */
  call<T>(call: Call<T>, options: CallOptions): Promise<Answered<T>>
  /** Waits until this command may be called. Throws `ProviderError` (`busy`, `cancelled`). */
  takePermit(command: CommandName, options: CallOptions): Promise<MutePermit>
  /** The connection's limit of a command, calls a second. */
  perSecond(command: CommandName): number
  close(): Promise<void>
}

/** Calls one connection's REST API. */
export function createTencentClient(options: ClientOptions): TencentClient {
  const { connection, clock = systemClock } = options
  const { sdkAppId, adminIdentifier, secretKey } = connection
  const base = baseOf(connection)
  const signer = createSigner({ sdkAppId, identifier: adminIdentifier, secretKey }, clock)
  const caller = createCaller(base.origin, judge, options)

  function sign(command: CommandName, body: object) {
    const signature = signer.current()
    const query = [
      `sdkappid=${sdkAppId}`,
      `identifier=${encodeURIComponent(adminIdentifier)}`,
      `usersig=${encodeURIComponent(signature)}`,
      `random=${randomInt(2 ** 32)}`,
      'contenttype=json',
    ].join('&')
    return {
      path: `${base.pathname.replace(/\/$/, '')}/${commands[command].path}?${query}`,
      body: JSON.stringify(body),
      onExpiredSignature: () => signer.renew(signature),
    }
  }

  const perSecond = (command: CommandName) =>
    connection.limits.callsPerSecond[command] ?? commands[command].callsPerSecond
  const limitOf = (command: CommandName) => ({
    key: `tencent:${sdkAppId}:${command}`,
    perSecond: perSecond(command),
  })

  return {
    perSecond,
    takePermit: (command, callOptions) => caller.takePermit(limitOf(command), callOptions),
    call({ command, body, schema }, callOptions) {
      const { writes } = commands[command]
      return caller.call(
        {
          limit: limitOf(command),
          writes,
          schema,
          request: () => sign(command, body()),
        },
        callOptions,
      )
    },
    close: () => caller.close(),
  }
}
