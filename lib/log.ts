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

/**
 * What of an unknown error may be logged: its name, the first lines of its message and where it was thrown. A
 * database error's message goes on with the query's parameters, which are personal data: they are cut off.
 */
export function errorFields(error: unknown): { error: string; thrownAt?: string[] } {
  if (!(error instanceof Error)) return { error: typeof error }
  const message = error.message.split('\nparams:')[0] ?? ''
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : ''
  const thrownAt = error.stack?.split('\n').filter((line) => line.startsWith('    at '))
  return { error: `${error.name}: ${message}${cause}`, ...(thrownAt ? { thrownAt } : {}) }
}
