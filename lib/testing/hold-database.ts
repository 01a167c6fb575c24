import { once } from 'node:events'
import { acquireLock } from '@/lib/db/lock'
import { openEmbedded } from '@/lib/db/open'
import { accounts } from '@/lib/db/schema'

/**
 * A process that the lock's tests start and kill: `tsx --conditions=react-server lib/testing/hold-database.ts HOW DIR`.
 * Says `ready`, waits for a line, and takes the database in DIR: HOW is `lock` (only its lock) or `write` (opens it,
 * adds accounts one by one and says the number of each after its commit). Says `held` or `refused MS MESSAGE`.
 */
const [how, dataDir = ''] = process.argv.slice(2)
const say = (line: string) => process.stdout.write(`${line}\n`)

say('ready')
await once(process.stdin, 'data')
const askedAt = performance.now()
try {
  if (how === 'lock') acquireLock(`${dataDir}.lock`)
  else await write()
} catch (error) {
  say(`refused ${Math.round(performance.now() - askedAt)} ${error instanceof Error ? error.message : ''}`)
  process.exit(1)
}
say('held')
process.stdin.resume()
await once(process.stdin, 'close')

async function write(): Promise<never> {
  const { db } = await openEmbedded(dataDir)
  say('held')
  for (let number = 1; ; number += 1) {
    await db.insert(accounts).values({ connection: 'sg', userId: String(number) })
    say(String(number))
  }
}
