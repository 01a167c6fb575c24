import type { Role } from '../../lib/auth/roles'

/** An id that no run has. */
export const noRun = '00000000-0000-4000-8000-000000000000'

/** A route that asks for a session: a good address, wrong ones, and one of a connection that is not there. */
export type ReadCase = {
  good: string
  /** who asks; a viewer unless told */
  role?: Role
  isAbsent?: true
  isFile?: true
  /** it does not end by itself */
  isStream?: true
  wrong: string[]
  nowhere?: string
}
