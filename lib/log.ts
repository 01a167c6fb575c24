import 'server-only'
import pino from 'pino'

/**
 * The one log: JSON lines on stdout. Log fields, never whole objects, errors of other libraries, requests or URLs:
 * both providers sign in the query string.
 */
export const log = pino({
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: ['authorization', 'cookie', 'usersig', 'signature', 'secret', 'token', 'password'],
})

/** What of an unknown error may be logged: its name, message and stack, without causes or attached fields. */
export function errorFields(error: unknown): { error: string; stack?: string } {
  if (!(error instanceof Error)) return { error: typeof error }
  return { error: `${error.name}: ${error.message}`, ...(error.stack ? { stack: error.stack } : {}) }
}
