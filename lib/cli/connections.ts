import { Command } from 'commander'
import { type Connection, env } from '@/lib/env'
import { en } from '@/lib/i18n/messages/en'
import { createProvider } from '@/lib/provider'
import { type ConnectionCheck, checkConnection } from '@/lib/provider/check-connection'
import type { ProviderName } from '@/lib/provider/port'
import { codeMessageKey as tencentMessageKey } from '@/lib/provider/tencent/codes'
import { codeMessageKey as zegoMessageKey } from '@/lib/provider/zego/codes'

const program = new Command('connections').description('the provider apps of the connections file')

program
  .command('check')
  .description('try the credentials, clock, region and rights of each connection, and say what to do')
  .argument('[keys...]', 'the connections to try; without any, all of them')
  .action(async (keys: string[]) => {
    const { connections } = env()
    const unknown = keys.find((key) => !connections.some((connection) => connection.key === key))
    if (unknown !== undefined) throw new Error(`there is no connection "${unknown}"`)
    const wanted = connections.filter(({ key }) => keys.length === 0 || keys.includes(key))
    const width = Math.max(...wanted.map(({ key }) => key.length))
    for (const connection of wanted) {
      const check = await checkOne(connection)
      if (check.failure) process.exitCode = 1
      console.log(`${connection.key.padEnd(width)}  ${tell(connection.provider, check)}`)
    }
  })

async function checkOne(connection: Connection): Promise<ConnectionCheck> {
  // A handful of calls: the pacing, which needs the database, is not asked.
  const provider = createProvider(connection, { acquire: async () => {} })
  try {
    return await checkConnection(provider)
  } finally {
    await provider.close()
  }
}

function tell(provider: ProviderName, { failure, clockAheadSeconds }: ConnectionCheck): string {
  const clock = clockAheadSeconds === null ? '' : tellClock(clockAheadSeconds)
  if (!failure) return clock === '' ? 'ok' : `ok, but ${clock}`
  const { meaning, advice } = wordsOf(provider, failure)
  const code = failure.providerCode ?? failure.kind
  return `failed (${provider} ${code}): ${meaning}. ${advice}${clock === '' ? '' : ` Also, ${clock}`}`
}

function tellClock(aheadSeconds: number): string {
  const seconds = Math.abs(aheadSeconds)
  return `this machine's clock is ${seconds} s ${aheadSeconds > 0 ? 'ahead of' : 'behind'} the provider's: set it by NTP.`
}

function wordsOf(provider: ProviderName, { kind, providerCode }: NonNullable<ConnectionCheck['failure']>) {
  if (kind !== 'refused' || providerCode === undefined) return en.provider[kind]
  switch (provider) {
    case 'tencent':
      return en['provider-tencent'][tencentMessageKey(providerCode)]
    case 'zego':
      return en['provider-zego'][zegoMessageKey(providerCode)]
    default:
      return provider satisfies never
  }
}

try {
  await program.parseAsync()
} catch (error) {
  console.error(error instanceof Error ? error.message : 'failed')
  process.exitCode = 1
}
