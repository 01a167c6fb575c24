import { auditTypes, outcomesOf } from '../../lib/audit/outcomes'
import { type BenchDatabase, loadTable } from './database'

export const auditRows = 2_000_000
/** When the first event was; one every four seconds. */
export const firstAt = Date.UTC(2026, 0, 1)
export const betweenMs = 4_000

/** How often a type occurs, in thousandths; those not named share what is left. */
const shares: Readonly<Record<string, number>> = {
  'mute.requested': 400,
  'mute.applied': 380,
  'mute.rejected': 15,
  'mute.unknown': 5,
  'sign_in.succeeded': 90,
  'sign_in.failed': 40,
  sign_out: 50,
}
const rare = auditTypes.filter((type) => !(type in shares))

/** The id of a moderator of the load; a low number acted often. */
export function actorOf(number: number): string {
  const hex = number.toString(16).padStart(12, '0')
  return `00000000-0000-4000-8000-${hex}`
}

/** Fills the audit with two million events. Their hashes chain nothing: only the list reads them. */
export async function loadAudit(database: BenchDatabase): Promise<void> {
  const types = [
    ...Object.entries(shares).flatMap(([type, share]) => Array<string>(share).fill(type)),
    ...Array.from({ length: 1_000 }, (_, index) => rare[index % rare.length] ?? ''),
  ].slice(0, 1_000)
  const outcomes = JSON.stringify(Object.fromEntries(auditTypes.map((type) => [type, outcomesOf(type)[0]])))
  await database.run('select setseed(0.5)')
  await loadTable(database, 'audit_events', async () => {
    await database.run(
      `insert into audit_events
         (seq, at, type, outcome, actor_id, actor_name, connection, user_id, command_id, data, prev_hash, hash)
       select n, to_timestamp($3::float8 / 1000) + n * interval '${betweenMs} ms', type, $2::jsonb ->> type,
         ('00000000-0000-4000-8000-' || lpad(to_hex(actor), 12, '0'))::uuid, 'Moderator ' || actor,
         case when is_about_account then case when random() < 0.98 then 'sg' else 'beta' end end,
         case when is_about_account then 'user_' || account end,
         case when is_about_account then gen_random_uuid() end,
         '{"kind":"mute","changes":[{"scope":"one_to_one","before":null,"after":1767225600000}]}'::jsonb,
         md5(n::text) || md5(n::text), md5((n + 1)::text) || md5((n + 1)::text)
       from (
         select n, ($1::text[])[1 + floor(random() * 1000)::int] as type,
           floor(60 * random() ^ 3)::int as actor, floor(200000 * random() ^ 4)::int as account
         from generate_series(1, ${auditRows}) as n
       ) as drawn, lateral (select type like 'mute.%' as is_about_account) as about`,
      [types, outcomes, firstAt],
    )
  })
}
