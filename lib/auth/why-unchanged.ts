import 'server-only'
import { eq } from 'drizzle-orm'
import type { Tx } from '@/lib/db'
import { moderators } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'

/** Why disabling or enabling changed no sign-in: it was so before (`already_so`), or there is none (`NOT_FOUND`). */
export async function whyUnchanged(tx: Tx, email: string): Promise<AppError> {
  const isKnown = (await tx.$count(moderators, eq(moderators.email, email))) > 0
  return isKnown
    ? new AppError('INVALID_INPUT', { fields: { email: 'already_so' } })
    : new AppError('NOT_FOUND')
}
