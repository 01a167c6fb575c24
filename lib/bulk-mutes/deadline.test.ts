import { afterEach, expect, test, vi } from 'vitest'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { runBulkMutes } from './run-due'

/** The only one of the job's time limits that long. */
const jobMs = 5 * 60_000

describeOnBothDatabases('a preview that the provider holds up', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startBulkStage>>
  afterEach(async () => {
    vi.restoreAllMocks()
    await stage.world.close()
  })

  async function heldUp() {
    stage = await startBulkStage(await freshDb())
    const api = 'account_check'
    await stage.control.addFaults({ kind: 'delay', ms: 28_000, api })
    const { id } = await stage.create(await stage.addAccounts(1))
    const isAtWork = () =>
      expect.poll(async () => (await stage.control.calls()).some((call) => call.api === api)).toBe(true)
    const status = async () => (await stage.look(id)).status
    return { isAtWork, status }
  }

  test('is not waited for when another job takes over from this one', async () => {
    const { isAtWork, status } = await heldUp()
    const deadline = new AbortController()
    const timeout = AbortSignal.timeout.bind(AbortSignal)
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) =>
      ms === jobMs ? deadline.signal : timeout(ms),
    )
    const working = runBulkMutes(stage.context, new AbortController().signal)
    await isAtWork()
    deadline.abort()
    await working
    expect(await status()).toBe('previewing')
    await stage.control.releaseCalls()
    await expect.poll(status).toBe('previewed')
  })

  test('comes to its end before the process may go', async () => {
    const { isAtWork, status } = await heldUp()
    const stop = new AbortController()
    const working = runBulkMutes(stage.context, stop.signal)
    await isAtWork()
    stop.abort()
    await stage.control.releaseCalls()
    await working
    expect(await status()).toBe('previewed')
  })
})
