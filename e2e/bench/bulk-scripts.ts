import { createTencentProvider } from '../../lib/provider/tencent/provider'
import { emulatedConnection } from '../../lib/testing/emulated-connection'
import { startEmulator } from '../emulator/start'
import type { Findings, Row } from './report'

/** What a loop in a script takes for the same accounts: one after the other, and ten at a time, without pacing. */
export async function measureScripts(latencies: readonly number[], accounts: number): Promise<Findings> {
  const emulator = await startEmulator()
  const provider = createTencentProvider({
    connection: emulatedConnection(emulator.url),
    throttle: { acquire: async () => {} },
  })
  const rows: Row[] = []
  const notes: string[] = []
  try {
    for (const latencyMs of latencies) {
      for (const atOnce of [1, 10]) {
        await emulator.control.reset('empty')
        const ids = Array.from({ length: accounts }, (_, index) => `account-${index}`)
        await emulator.control.seed({ accounts: ids.map((id) => ({ id })) })
        await emulator.control.setLatency(latencyMs)
        const waiting = ids.values()
        const until = Date.now() + 3_600_000
        const startedAt = performance.now()
        const loop = async () => {
          for (const id of waiting)
            await provider
              .setGlobalMutes(id, { one_to_one: until }, { priority: 'interactive' })
              .catch(() => {})
        }
        await Promise.all(Array.from({ length: atOnce }, loop))
        const seconds = (performance.now() - startedAt) / 1_000
        const name = atOnce === 1 ? 'a script, one after the other' : `a script, ${atOnce} at a time`
        rows.push({ work: `${name}, answers after ${latencyMs} ms`, value: seconds, unit: 's', bar: null })
        const { overLimit } = await emulator.control.stats()
        if (overLimit > 0) notes.push(`${name}, ${latencyMs} ms: ${overLimit} answers "over limit"`)
      }
    }
    return { rows, notes }
  } finally {
    await provider.close()
    await emulator.close()
  }
}

/**
 * What a client that does nothing else waits for one call that mutes these members of a Tencent group, and one that
 * reads them, in seconds.
 */
export async function timeBareGroupCalls(url: string, groupId: string, userIds: string[]): Promise<number> {
  const provider = createTencentProvider({
    connection: emulatedConnection(url),
    throttle: { acquire: async () => {} },
  })
  try {
    const startedAt = performance.now()
    await provider.setMemberMutes({ groupId }, userIds, Date.now() + 3_600_000, { priority: 'interactive' })
    await provider.readMemberMutes({ groupId }, { priority: 'interactive' })
    return (performance.now() - startedAt) / 1_000
  } finally {
    await provider.close()
  }
}
