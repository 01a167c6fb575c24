import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { cases } from '@/lib/db/schema'
import {
  countAppeals,
  countBacklog,
  countDecisions,
  countEvents,
  spreadOf,
  sumClaims,
} from './health-queries'
import type { HealthDays, HealthDto, PersonHealth } from './health-rules'

/**
 * How the work with reports stands, and went over the last days: what waits, how long it took, what was taken back and
 * changed, and per person what may be spoken of in private. Of nobody how fast they are. Throws `FORBIDDEN`.
 */
export async function readHealth(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  actor: Actor,
  { days }: { days: HealthDays },
): Promise<HealthDto> {
  requirePermission(actor, 'reports:lead')
  const now = clock.now()
  const from = now - days * 86_400_000
  const [backlog, toClaim, toClosing, decided, appeals, claims, events] = await Promise.all([
    countBacklog(db, now),
    spreadOf(db, cases.firstClaimedAt, from),
    spreadOf(db, cases.firstClosedAt, from),
    countDecisions(db, from),
    countAppeals(db, from),
    sumClaims(db, from, now),
    countEvents(db, from),
  ])
  const sum = (of: 'answered' | 'changed') => appeals.reduce((total, row) => total + row[of], 0)
  return {
    days,
    backlog,
    toClaim,
    toClosing,
    decided,
    ...events,
    appeals: { answered: sum('answered'), changed: sum('changed') },
    people: peopleOf(appeals, claims),
    serverNow: now,
  }
}

type Appeals = Awaited<ReturnType<typeof countAppeals>>
type Claims = Awaited<ReturnType<typeof sumClaims>>

/** Everybody who is in either, by name: the order says nothing about them. */
function peopleOf(appeals: Appeals, claims: Claims): PersonHealth[] {
  const people = new Map<string, PersonHealth>()
  const personOf = ({ id, name }: { id: string; name: string }) => {
    const person = people.get(id) ?? { id, name, heldSeconds: 0, appeals: 0, changed: 0 }
    people.set(id, person)
    return person
  }
  for (const row of claims) personOf(row).heldSeconds = row.seconds
  for (const row of appeals) Object.assign(personOf(row), { appeals: row.answered, changed: row.changed })
  return [...people.values()].sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))
}
