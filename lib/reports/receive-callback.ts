import 'server-only'
import { and, eq } from 'drizzle-orm'
import { canonicalJson } from '@/lib/audit/canonical'
import type { Context } from '@/lib/context'
import { callbacks } from '@/lib/db/schema'
import { wakeSoon } from '@/lib/jobs/wake-soon'
import type { Callback } from '@/lib/provider/callback'

/**
 * Keeps a provider's verified call before any work is done on it. `repeated`: the very same call is here already, so
 * the answer to it was lost; `replayed`: what makes it a new one was used before, with another body.
 */
export async function receiveCallback(
  { db }: Pick<Context, 'db'>,
  connection: string,
  { event, key, body }: Callback,
): Promise<'stored' | 'repeated' | 'replayed'> {
  const [stored] = await db
    .insert(callbacks)
    .values({ connection, event, eventKey: key, body })
    .onConflictDoNothing({ target: [callbacks.connection, callbacks.eventKey] })
    .returning({ id: callbacks.id })
  if (stored) {
    wakeSoon('work-callbacks')
    return 'stored'
  }
  const [first] = await db
    .select({ body: callbacks.body })
    .from(callbacks)
    .where(and(eq(callbacks.connection, connection), eq(callbacks.eventKey, key)))
  return canonicalJson(first?.body) === canonicalJson(body) ? 'repeated' : 'replayed'
}
