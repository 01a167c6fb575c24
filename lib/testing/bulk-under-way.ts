import { expect } from 'vitest'
import { runBulkMutes } from '@/lib/bulk-mutes/run-due'
import type { Context } from '@/lib/context'
import type { Provider } from '@/lib/provider/port'
import type { startBulkStage } from './bulk-stage'

type Stage = Awaited<ReturnType<typeof startBulkStage>>

/** The context with something else in its providers. */
export function withProvider(context: Context, change: (provider: Provider) => Partial<Provider>): Context {
  return {
    ...context,
    provider(key) {
      const provider = context.provider(key)
      return { ...provider, ...change(provider) }
    },
  }
}

/**
 * Works on the runs of whole accounts of the Tencent app while their calls are applied and not answered: the answers come
 * when `happens` has, after the first call was applied. At so slow a pace that a process has twelve accounts in hand.
 */
export async function workWhile(
  { context, control }: Pick<Stage, 'context' | 'control'>,
  happens: () => unknown,
  stop: AbortSignal = AbortSignal.timeout(60_000),
): Promise<void> {
  await control.addFaults({ kind: 'delay', ms: 28_000, api: 'setnospeaking', times: 'always' })
  const slow = withProvider(context, ({ pace }) => ({
    pace: { ...pace, accountMutes: { callsPerSecond: 16 } },
  }))
  const working = runBulkMutes(slow, stop)
  await expect
    .poll(async () => (await control.journal()).length, { interval: 5, timeout: 60_000 })
    .toBeGreaterThan(0)
  await happens()
  await control.clearFaults()
  await control.releaseCalls()
  await working
}
