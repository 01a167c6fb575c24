import { createPool, serverDb } from '../../lib/db/open'
import { createTencentProvider } from '../../lib/provider/tencent/provider'
import { emulatedConnection } from '../../lib/testing/emulated-connection'
import { createThrottle } from '../../lib/throttle'
import type { WorkerFindings, WorkerTask } from './throttle'

// One instance of the console as far as pacing goes: mutes accounts as fast as the shared limit lets it.
const task = JSON.parse(process.argv[2] ?? '') as WorkerTask
const pool = createPool(task.databaseUrl)
const provider = createTencentProvider({
  connection: emulatedConnection(task.emulatorUrl),
  throttle: createThrottle(async () => serverDb(pool)),
})
await pool.query('select 1')
process.send?.('ready')
await new Promise((resolve) => process.once('message', resolve))

const findings: WorkerFindings = { failed: 0 }
const waiting = [...task.userIds]
const until = Date.now() + 3_600_000
await Promise.all(
  Array.from({ length: task.atOnce }, async () => {
    for (let userId = waiting.pop(); userId !== undefined; userId = waiting.pop()) {
      await provider.setGlobalMutes(userId, { one_to_one: until }, { priority: 'bulk' }).catch(() => {
        findings.failed += 1
      })
    }
  }),
)
await new Promise((resolve) => process.send?.(findings, resolve))
process.exit(0)
