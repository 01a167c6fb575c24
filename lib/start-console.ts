import 'server-only'
import { noteSocketAddresses } from './auth/socket-address'
import { closeDb, getDb } from './db'
import { ConfigError, env } from './env'
import { stopBoss } from './jobs/boss'
import { startJobs } from './jobs/start'
import { errorFields, log } from './log'

/**
 * Brings the console up: configuration, database, then the jobs in the background. What cannot work ends the process
 * with one clear line. On SIGTERM and SIGINT jobs and database are closed before the process ends.
 */
export async function startConsole(): Promise<void> {
  try {
    env()
    noteSocketAddresses()
    await getDb()
  } catch (error) {
    process.stderr.write(`hushdesk: ${error instanceof Error ? error.message : 'cannot start'}\n`)
    if (!(error instanceof ConfigError)) log.error(errorFields(error), 'start')
    process.exit(1)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stopConsole())
  startJobs().catch((error: unknown) => log.error(errorFields(error), 'job engine'))
}

async function stopConsole(): Promise<void> {
  try {
    await stopBoss()
    await closeDb()
  } finally {
    process.exit(0)
  }
}
