import { rmSync } from 'node:fs'
import { startDemo } from '../demo/start'
import { type Findings, percentile } from './report'

const warmStarts = 5
const emptyStarts = 2

/** From the start of the console's process to its first answer 200, in production, on the embedded database. */
export async function measureStart(): Promise<Findings> {
  const demo = await startDemo({ isEphemeral: true, port: 0, log: (line) => console.error(`bench: ${line}`) })
  try {
    const warm = await startAgain(warmStarts)
    const empty = await startAgain(emptyStarts, () =>
      rmSync(demo.env.DATA_DIR ?? '', { recursive: true, force: true }),
    )
    return {
      rows: [
        { work: 'data is there, median of 5', value: percentile(warm, 0.5), unit: 'ms', bar: 1_500 },
        { work: 'data is there, slowest of 5', value: Math.max(...warm), unit: 'ms', bar: null },
        { work: 'no data yet, slower of 2', value: Math.max(...empty), unit: 'ms', bar: null },
      ],
      notes: [],
    }
  } finally {
    await demo.stop()
  }

  async function startAgain(times: number, prepare = () => {}): Promise<number[]> {
    const took: number[] = []
    for (let start = 0; start < times; start += 1) {
      await demo.stopConsole()
      prepare()
      took.push(await demo.startConsole())
    }
    return took
  }
}
