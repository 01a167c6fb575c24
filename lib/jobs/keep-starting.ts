import 'server-only'
import { errorFields, log } from '@/lib/log'

const retryMs = 5_000

/** Without its jobs nothing settles what was interrupted: tries until `start` resolves, every 5 s. Never throws. */
export async function keepStarting(start: () => Promise<void>): Promise<void> {
  try {
    await start()
  } catch (error) {
    log.error(errorFields(error), 'job engine')
    setTimeout(() => void keepStarting(start), retryMs).unref()
  }
}
