import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { openStage, timeAccounts } from './bulk'
import { openBenchServer } from './database'
import type { Findings } from './report'

const runs = 20
/** Of what the process keeps after the first run. */
const bar = 1.1

/**
 * What the process that works on bulk mutes keeps in memory after each of twenty runs over 500 accounts, on PostgreSQL:
 * the heap and what hangs on it, after everything that nobody holds was collected. The provider's stand-in is in the
 * same process, and emptied before each run.
 */
export async function measureMemory(): Promise<Findings> {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const server = await openBenchServer()
  const stage = await openStage(server.db)
  try {
    const kept: number[] = []
    for (let run = 0; run < runs; run += 1) {
      await timeAccounts(stage, 0, () => stage.work())
      await stage.control.reset('empty')
      collect()
      const { heapUsed, external } = process.memoryUsage()
      kept.push((heapUsed + external) / 1e6)
    }
    const [first = 0] = kept
    const last = kept.at(-1) ?? 0
    return {
      rows: [
        {
          work: `memory after ${runs} bulks of 500, by that after the first`,
          value: last / first,
          unit: 'times',
          bar,
        },
      ],
      notes: [`MB after each: ${kept.map((mb) => mb.toFixed(0)).join(', ')}`],
    }
  } finally {
    await stage.world.close()
    await server.close()
  }
}
