import 'server-only'
import { noteSocketAddresses } from './auth/socket-address'
import { setClockAhead } from './clock'
import { closeDb, getDb } from './db'
import { endRequests, noteServer } from './end-requests'
import { ConfigError, env, isDevelopment } from './env'
import { stopBoss } from './jobs/boss'
import { keepStarting } from './jobs/keep-starting'
import { startJobs } from './jobs/start'
import { errorFields, log } from './log'

/**
 * Brings the console up: configuration, database, then the jobs in the background. What cannot work ends the process
 * with one clear line. On SIGTERM and SIGINT requests and jobs are finished and the database is closed before the
 * process ends; the command of one that takes longer than that is settled after the next start.
 */
export async function startConsole(): Promise<void> {
  try {
    setClockAhead(env().clockAheadMs)
    noteSocketAddresses()
    noteServer()
    await getDb()
  } catch (error) {
    process.stderr.write(`hushdesk: ${error instanceof Error ? error.message : 'cannot start'}\n`)
    if (!(error instanceof ConfigError)) log.error(errorFields(error), 'start')
    process.exit(1)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // Next's own listener ends the process as soon as no request is running, whether the database is closed or not.
    process.removeAllListeners(signal)
    process.once(signal, () => void stopConsole())
  }
  void keepStarting(startJobs)
}

/** Shorter than what supervisors wait before they kill. */
const finishWithinMs = 4_000

async function stopConsole(): Promise<void> {
  try {
    // A browser keeps a socket to the development server open for as long as it likes.
    await Promise.allSettled([endRequests(isDevelopment ? 0 : finishWithinMs), stopBoss(finishWithinMs)])
    await closeDb()
  } catch (error) {
    log.error(errorFields(error), 'stop')
  } finally {
    process.exit(0)
  }
}
