import * as z from 'zod'
import { instantOfWall, wallOfInstant } from '@/components/mutes/zoned-time'
import { type ListAuditInput, listAuditSchema } from '@/lib/audit/schemas'

export type SearchParams = Record<string, string | string[] | undefined>

/** The filters as their fields show them; empty where one is not set. `from` and `to` are the moderator's wall clock. */
export type AuditFields = Record<
  'type' | 'outcome' | 'actorId' | 'connection' | 'userId' | 'from' | 'to',
  string
>

export type AuditQuery = {
  /** what to list; null when the URL asks for something that cannot be */
  input: ListAuditInput | null
  fields: AuditFields
  /** the `before` of each page that was passed to get here, newest first; the first page has none */
  trail: number[]
  /** the one URL that says the same: instants in UTC, nothing empty. To be redirected to when it is not this one. */
  href: string
  isCanonical: boolean
}

const filters = ['type', 'outcome', 'actorId', 'connection', 'userId', 'from', 'to'] as const
const paging = ['before', 'trail'] as const
const maxTrail = 40
const minuteMs = 60_000

const trailSchema = z
  .string()
  .transform((text) => text.split('-').map(Number))
  .pipe(z.array(z.int().min(1)).max(maxTrail))

/**
 * Reads the audit page's URL. The form sends wall-clock times of `timeZone`; links carry instants, so that they mean
 * the same everywhere.
 */
export function readAuditQuery(params: SearchParams, timeZone: string): AuditQuery {
  const given = Object.fromEntries(
    [...filters, ...paging].flatMap((name) => {
      const value = params[name]
      return typeof value === 'string' && value !== '' ? [[name, value]] : []
    }),
  )
  const from = instantOf(given.from, timeZone)
  const to = instantOf(given.to, timeZone)
  const { trail: trailText, before, from: _from, to: _to, ...rest } = given
  const parsed = listAuditSchema.safeParse({
    ...rest,
    ...(given.from === undefined ? {} : { from }),
    // The minute that was chosen is included.
    ...(given.to === undefined || to === null ? { to: given.to && to } : { to: to + minuteMs - 1 }),
    ...(before === undefined ? {} : { before: Number(before) }),
  })
  const trail = trailSchema.safeParse(trailText)
  const canonical = {
    ...given,
    ...(from === null ? {} : { from: linkOf(from) }),
    ...(to === null ? {} : { to: linkOf(to) }),
  }
  const sent = Object.entries(params).filter(([, value]) => value !== undefined)
  return {
    input: parsed.success ? parsed.data : null,
    fields: {
      type: rest.type ?? '',
      outcome: rest.outcome ?? '',
      actorId: rest.actorId ?? '',
      connection: rest.connection ?? '',
      userId: rest.userId ?? '',
      from: from === null ? '' : wallOfInstant(from, timeZone),
      to: to === null ? '' : wallOfInstant(to, timeZone),
    },
    trail: trail.success ? trail.data : [],
    href: hrefOf(canonical),
    isCanonical:
      sent.length === Object.keys(canonical).length &&
      Object.entries(canonical).every(([name, value]) => params[name] === value),
  }
}

/** Where the pages beside this one are: null where there is none. */
export function pageLinks(
  { href, input, trail }: AuditQuery,
  next: number | null,
): { newer: string | null; newest: string | null; older: string | null } {
  const at = (before: number | undefined, passed: number[]) => {
    const params = Object.fromEntries(new URLSearchParams(href.split('?')[1] ?? ''))
    const { before: _before, trail: _trail, ...rest } = params
    return hrefOf({
      ...rest,
      ...(before === undefined ? {} : { before: String(before) }),
      ...(passed.length === 0 ? {} : { trail: passed.join('-') }),
    })
  }
  const here = input?.before
  // The first page has no `before`: from the second one back leads there.
  const newer = trail.length > 0 ? at(trail.at(-1), trail.slice(0, -1)) : at(undefined, [])
  return {
    newer: here === undefined ? null : newer,
    newest: here === undefined || trail.length === 0 ? null : at(undefined, []),
    older: next === null ? null : at(next, here === undefined ? [] : [...trail, here].slice(-maxTrail)),
  }
}

/** Epoch ms of an instant in a link (`2026-11-21T02:10Z`) or of a wall clock; null if it is neither. */
function instantOf(text: string | undefined, timeZone: string): number | null {
  if (text === undefined) return null
  return text.endsWith('Z') ? instantOfWall(text.slice(0, -1), 'UTC') : instantOfWall(text, timeZone)
}

function linkOf(at: number): string {
  return `${wallOfInstant(at, 'UTC')}Z`
}

function hrefOf(params: Record<string, string | undefined>): string {
  const given = Object.entries(params).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  return given.length === 0 ? '/audit' : `/audit?${new URLSearchParams(given)}`
}
