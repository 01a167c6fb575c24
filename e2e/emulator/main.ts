import { parseArgs } from 'node:util'
import * as z from 'zod'
import { startEmulator } from './start'

const optionsSchema = z.object({
  port: z.coerce.number().int().min(0).max(65_535),
  data: z.enum(['lifelike', 'empty']),
  latency: z.coerce.number().int().min(0).max(60_000),
})

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    data: { type: 'string', default: 'lifelike' },
    latency: { type: 'string', default: '0' },
    'exit-with-stdin': { type: 'boolean', default: false },
  },
})
const options = optionsSchema.safeParse(values)
if (!options.success) {
  console.error(`emulator: ${z.prettifyError(options.error)}`)
  process.exit(2)
}

const { port, data, latency } = options.data
const emulator = await startEmulator({ port, data, latencyMs: latency })
console.log(JSON.stringify({ url: emulator.url, controlUrl: emulator.controlUrl }))

let leaving = false
async function leave() {
  if (leaving) return
  leaving = true
  await emulator.close()
  process.exit(0)
}

process.once('SIGTERM', leave)
process.once('SIGINT', leave)
if (values['exit-with-stdin']) {
  // The parent holds the other end: when it goes away, however it goes, the pipe ends.
  process.stdin.once('end', leave).once('error', leave).resume()
}
