import 'server-only'
import { readFileSync } from 'node:fs'
import type { BlockList } from 'node:net'
import path from 'node:path'
import * as z from 'zod'
import { isLoopback } from './loopback'
import { parseNetworks } from './networks'

/**
 * The only reader of `process.env` and of the connections file. Parsed once per process, at boot; a mistake is one
 * line that names the variable or the place in the file, and the process does not start.
 */

const envSchema = z.object({
  APP_ORIGIN: z
    .url({ protocol: /^https?$/, error: "must be the console's own origin, like https://mod.example.com" })
    .transform((text) => new URL(text))
    // Browsers give a page without https neither safe cookies nor the crypto that its keys are made with.
    .refine(
      isSafeOrigin,
      'must begin with https://; http:// only works on this machine itself, as http://localhost:3000',
    )
    .transform((url) => url.origin),
  AUTH_SECRET: z
    .string('is missing: any secret of at least 32 characters')
    .min(32, 'must have at least 32 characters'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  CONNECTIONS_FILE: z.string().min(1).default('connections.json'),
  TRUSTED_PROXIES: z
    .string()
    .default('127.0.0.0/8,::1')
    .transform((text, context) => {
      try {
        return parseNetworks(text)
      } catch (error) {
        context.addIssue(error instanceof Error ? error.message : 'cannot be read')
        return z.NEVER
      }
    }),
  CLOCK_AHEAD_SECONDS: z
    .string()
    .regex(/^\d{1,9}$/, 'must be a number of seconds')
    .transform(Number)
    .default(0),
})

const limitsSchema = z
  .strictObject({
    /** calls per second, by the provider's command, e.g. `{ "setnospeaking": 400 }` */
    callsPerSecond: z.record(z.string(), z.number().positive()).default({}),
  })
  .default({ callsPerSecond: {} })

/** Where messages to people are handed to, signed, instead of being sent by the provider. */
const noticesSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: 'must be an address like https://chat.example.com/notices' })
    .refine((url) => isSafeOrigin(new URL(url)), 'must begin with https://')
    .refine((url) => new URL(url).username === '', 'must not hold a name or password'),
  secretEnv: z.string().min(1),
})

const common = {
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'must be 1 to 32 of a-z, 0-9 and -'),
  name: z.string().min(1).max(80),
  endpoint: z.url({ protocol: /^https?$/ }).optional(),
  /** of what the provider's callbacks are signed with; without it none are taken */
  callbackSecretEnv: z.string().min(1).optional(),
  notices: noticesSchema.optional(),
  limits: limitsSchema,
}

const connectionSchema = z.discriminatedUnion('provider', [
  z.strictObject({
    ...common,
    provider: z.literal('tencent'),
    sdkAppId: z.int().positive(),
    adminIdentifier: z.string().min(1).max(32),
    /** the account of the chat app in whose name people are written to; without it the administrator's */
    noticeSender: z.string().min(1).max(32).optional(),
    secretKeyEnv: z.string().min(1),
    region: z.enum([
      'china',
      'singapore',
      'seoul',
      'tokyo',
      'frankfurt',
      'silicon-valley',
      'jakarta',
      'mumbai',
    ]),
  }),
  z.strictObject({
    ...common,
    provider: z.literal('zego'),
    appId: z.int().min(1).max(0xffff_ffff),
    /** the account of the chat app in whose name the console acts */
    operatorUserId: z
      .string()
      .min(1)
      .refine((id) => Buffer.byteLength(id) <= 32, 'must have at most 32 bytes'),
    serverSecretEnv: z.string().min(1),
    region: z.enum(['unified', 'shanghai', 'hong-kong', 'frankfurt', 'california', 'mumbai', 'singapore']),
  }),
])

function isSafeOrigin(url: URL): boolean {
  return url.protocol === 'https:' || isLoopback(url)
}

function isOnThisMachine({ endpoint }: Connection): boolean {
  return endpoint !== undefined && isLoopback(new URL(endpoint))
}

type ConnectionEntry = z.infer<typeof connectionSchema>
type EntryOf<Name extends ConnectionEntry['provider']> = Extract<ConnectionEntry, { provider: Name }>
type Optional = { callbackSecret?: string; notices?: { url: string; secret: string } }
export type TencentConnection = Omit<EntryOf<'tencent'>, 'secretKeyEnv' | 'callbackSecretEnv' | 'notices'> & {
  secretKey: string
} & Optional
export type ZegoConnection = Omit<EntryOf<'zego'>, 'serverSecretEnv' | 'callbackSecretEnv' | 'notices'> & {
  serverSecret: string
} & Optional
/** One provider app that the console talks to, with its secret. Never leaves the server. */
export type Connection = TencentConnection | ZegoConnection

export type Env = {
  appOrigin: string
  authSecret: string
  databaseUrl: string | undefined
  dataDir: string
  /** the reverse proxies whose `x-forwarded-for` is believed; by default this machine alone */
  trustedProxies: BlockList
  /** how much later than it is the console takes it to be, in ms; 0 wherever a real provider is called */
  clockAheadMs: number
  connections: readonly Connection[]
}

/** A configuration mistake, told in one line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Reads the configuration from `source`. Throws `ConfigError`. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const parsed = envSchema.safeParse(source)
  if (!parsed.success) throw new ConfigError(firstMistake(parsed.error, (issuePath) => String(issuePath[0])))
  const env = parsed.data
  const connections = readConnections(env.CONNECTIONS_FILE, source)
  // What ends a mute, or renews it, would do so before its time.
  if (env.CLOCK_AHEAD_SECONDS > 0 && !connections.every(isOnThisMachine))
    throw new ConfigError(
      'CLOCK_AHEAD_SECONDS: is for tests, in which the endpoint of every connection is on this machine',
    )
  return {
    appOrigin: env.APP_ORIGIN,
    authSecret: env.AUTH_SECRET,
    databaseUrl: env.DATABASE_URL,
    dataDir: path.resolve(env.DATA_DIR),
    trustedProxies: env.TRUSTED_PROXIES,
    clockAheadMs: env.CLOCK_AHEAD_SECONDS * 1_000,
    connections,
  }
}

function readConnections(file: string, source: Record<string, string | undefined>): Connection[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new ConfigError(`CONNECTIONS_FILE: ${file} cannot be read`)
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new ConfigError(
      `CONNECTIONS_FILE: ${file} is not JSON: ${error instanceof Error ? error.message : ''}`,
    )
  }
  const parsed = z.array(connectionSchema).min(1, 'needs at least one connection').safeParse(json)
  if (!parsed.success) {
    throw new ConfigError(
      `CONNECTIONS_FILE: ${file}: ${firstMistake(parsed.error, (issuePath) => issuePath.join('.') || 'the list')}`,
    )
  }
  const seen = new Set<string>()
  return parsed.data.map((entry, index) => {
    if (seen.has(entry.key))
      throw new ConfigError(`CONNECTIONS_FILE: ${file}: ${index}.key "${entry.key}" stands twice`)
    seen.add(entry.key)
    return withSecret(entry, source)
  })
}

function withSecret(entry: ConnectionEntry, source: Record<string, string | undefined>): Connection {
  const secretIn = (name: string): string => {
    const secret = source[name]
    if (!secret) throw new ConfigError(`${name} is missing: the secret of connection "${entry.key}"`)
    return secret
  }
  const { callbackSecretEnv, notices, ...own } = entry
  const optional: Optional = {
    ...(callbackSecretEnv && { callbackSecret: secretIn(callbackSecretEnv) }),
    ...(notices && { notices: { url: notices.url, secret: secretIn(notices.secretEnv) } }),
  }
  switch (own.provider) {
    case 'tencent': {
      const { secretKeyEnv, ...rest } = own
      return { ...rest, ...optional, secretKey: secretIn(secretKeyEnv) }
    }
    case 'zego': {
      const { serverSecretEnv, ...rest } = own
      return { ...rest, ...optional, serverSecret: secretIn(serverSecretEnv) }
    }
    default:
      return own satisfies never
  }
}

function firstMistake(error: z.ZodError, place: (issuePath: PropertyKey[]) => string): string {
  const issue = error.issues[0]
  return issue ? `${place(issue.path)}: ${issue.message}` : 'cannot be read'
}

let cached: Env | undefined

/** The process's configuration. Throws `ConfigError` at the first call if it is wrong. */
export function env(): Env {
  if (!cached) {
    cached = parseEnv(process.env)
    // next-auth reads these two by itself.
    process.env.NEXTAUTH_URL = cached.appOrigin
    process.env.NEXTAUTH_SECRET = cached.authSecret
  }
  return cached
}

/** `next build` evaluates server modules too; nothing may open the database or read secrets then. */
export const isBuild = process.env.NEXT_PHASE === 'phase-production-build'

/** The development server needs a looser content security policy than the one that is served to anybody. */
export const isDevelopment = process.env.NODE_ENV === 'development'
