import 'server-only'
import { createHash } from 'node:crypto'
import { asc, eq, sql } from 'drizzle-orm'
import { canonicalJson } from '@/lib/audit/canonical'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/context'
import { bulkMuteItems, bulkMutes } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { errorFields, log } from '@/lib/log'
import { driftOf, inForce, sameEnd } from '@/lib/mutes/ends'
import type { MuteScope } from '@/lib/mutes/schemas'
import { ProviderError, providerFailure } from '@/lib/provider/errors'
import { beginByItself } from './begin'
import { type Known, type Prospect, prospectOf } from './forecast'
import { type BulkRow, itemName, parsePlan, tryMove } from './internal'
import { listAnew, type PreviewItem } from './list-anew'
import { lookUpAccounts } from './look-up'
import { lookUpGroups } from './look-up-groups'
import { type PreviewLease, takePreviewLease } from './preview-lease'
import { type Forecast, isDoing } from './rules'

/** How long the provider is left alone after it gave no answer, at first and at most, in seconds. */
const retrySeconds = { first: 5, most: 60 }

/** How long until a preview is tried again that has not come so many times before, in seconds: longer each time. */
export function retryAfterSeconds(failures: number): number {
  return Math.min(retrySeconds.first * 2 ** failures, retrySeconds.most)
}

/** Makes the previews that are due, one after the other; each is leased. What cannot be read now is tried again. */
export async function previewDueBulkMutes(context: Context, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const lease = await takePreviewLease(context)
    if (!lease) return
    try {
      await preview(context, lease)
    } catch (error) {
      if (error instanceof LostLease || lease.signal.aborted) continue
      if (error instanceof ProviderError) await noteFailure(context, lease, error)
      else log.error({ bulk: lease.bulk.id, ...errorFields(error) }, 'previewing a bulk mute')
    } finally {
      await lease.release()
    }
  }
}

class LostLease extends Error {}

async function preview(context: Context, lease: PreviewLease): Promise<void> {
  const { db, clock } = context
  const { bulk } = lease
  const made = await db
    .select()
    .from(bulkMuteItems)
    .where(eq(bulkMuteItems.bulkId, bulk.id))
    .orderBy(asc(bulkMuteItems.position))
  const { items, isPartial } = await listAnew(context, bulk, made, lease.signal)
  const lookUp = bulk.userId === '' ? lookUpAccounts : lookUpGroups
  const known = await lookUp(context, bulk, items.map(itemName), lease.signal)
  const now = clock.now()
  const prospects = items.map((item) => {
    const of = known.get(itemName(item))
    return { item, known: of, prospect: of ? foresee(bulk, item, of, now) : nowhere(bulk, item) }
  })
  await lease.release()
  await writePreview(context, lease, prospects.sort(byStanding), isPartial)
}

/** What an undo has to give back stands only in its items. */
function nowhere({ kind }: BulkRow, item: PreviewItem): Prospect {
  const plan = kind === 'undo' ? parsePlan(item) : { before: {}, after: {}, basis: {} }
  return { forecast: 'cannot_mute_here', ...plan }
}

function foresee(bulk: BulkRow, item: PreviewItem, known: Known, now: number): Prospect {
  const { kind, scopes, until, mayShorten } = bulk
  if (kind !== 'undo') return prospectOf({ kind, scopes, until, mayShorten }, known, now)
  return undoOf(item, known, now)
}

/** An undo holds only while nobody changed anything since, here or elsewhere. */
function undoOf(item: PreviewItem, { states }: Known, now: number): Prospect {
  const { before, after, basis } = parsePlan(item)
  const scopes = Object.keys(after) as MuteScope[]
  const isChanged = scopes.some((scope) => {
    const state = states[scope]
    if (!state || state.version !== basis[scope] || state.isPending) return true
    return state.isTold && driftOf(before[scope] ?? null, state.until, now) !== null
  })
  const restored = Object.fromEntries(scopes.map((scope) => [scope, inForce(after[scope] ?? null, now)]))
  const isNothing = scopes.every((scope) =>
    sameEnd(inForce(before[scope] ?? null, now), restored[scope] ?? null, now),
  )
  const forecast = isChanged ? 'changed_since' : isNothing ? 'already_so' : 'restore'
  return { forecast, before, after, basis }
}

type Row = { item: PreviewItem; known: Known | undefined; prospect: Prospect }

/** Protected and high-standing accounts first: those are the mistakes that hurt. */
function byStanding(a: Row, b: Row): number {
  return standing(a) - standing(b) || a.item.position - b.item.position
}

const highest: readonly Forecast[] = ['protected', 'owner', 'admin']

function standing({ prospect }: Row): number {
  const place = highest.indexOf(prospect.forecast)
  return place === -1 ? highest.length : place
}

async function writePreview(
  { db }: Context,
  { bulk, isHeld }: PreviewLease,
  rows: readonly Row[],
  isPartial: boolean,
): Promise<void> {
  const items = rows.map(({ item, known, prospect }, position) => ({
    bulkId: bulk.id,
    position,
    userId: item.userId,
    groupId: item.groupId,
    role: typeof known?.membership === 'object' ? (known.membership?.role ?? null) : null,
    ...prospect,
  }))
  const counts = Map.groupBy(items, ({ forecast }) => forecast)
  const told = items.map(({ userId, groupId, forecast, after }) => ({ userId, groupId, forecast, after }))
  const token = createHash('sha256').update(canonicalJson(told)).digest('hex')
  await db.transaction(async (tx) => {
    const change = {
      previewedAt: databaseNow,
      previewLeaseUntil: null,
      previewFailure: null,
      previewFailures: 0,
      doing: items.filter(({ forecast }) => isDoing(forecast)).length,
      token,
      isPartial,
    }
    const written = await tryMove(tx, bulk.id, 'preview', change, isHeld())
    if (!written) throw new LostLease()
    await tx.delete(bulkMuteItems).where(eq(bulkMuteItems.bulkId, bulk.id))
    await tx.insert(bulkMuteItems).values(items)
    await record(tx, {
      type: 'bulk_mute.previewed',
      actorId: null,
      actorName: 'system',
      connection: bulk.connection,
      data: {
        bulk: bulk.id,
        forecasts: Object.fromEntries([...counts].map(([name, of]) => [name, of.length])),
      },
    })
    if (written.startWhenPreviewed) await beginByItself(tx, written, token)
  })
}

async function noteFailure({ db }: Context, lease: PreviewLease, error: ProviderError): Promise<void> {
  await lease.release()
  await db
    .update(bulkMutes)
    .set({
      previewFailure: providerFailure(error),
      previewFailures: lease.bulk.previewFailures + 1,
      previewLeaseUntil: sql`${databaseNow} + make_interval(secs => ${retryAfterSeconds(lease.bulk.previewFailures)})`,
    })
    .where(lease.isHeld())
}
