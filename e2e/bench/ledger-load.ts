import { muteScopes, reasonCategories } from '../../lib/mutes/rules'
import { actorOf } from './audit-load'
import { type BenchDatabase, loadTable } from './database'

/** Mutes in force; as many again are over. */
export const inForceRows = 100_000
/** Commands behind them, one a mute, and those of long ago. */
const commandRows = 300_000
const authors = 60

/** Fills the ledger: ends spread over thirty days, a tenth without an end, one in fifty changed elsewhere. */
export async function loadLedger(database: BenchDatabase, now: number): Promise<void> {
  await database.run('select setseed(0.5)')
  await database.run(
    `insert into moderators (id, email, name, role, password_hash)
     select ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, n || '@hushdesk.test', 'Moderator ' || n,
       'moderator', 'none'
     from generate_series(0, ${authors}) as n`,
  )
  await database.run(
    `insert into accounts (connection, user_id, nickname)
     select 'sg', 'user_' || n, 'Name ' || n from generate_series(1, ${inForceRows * 2}) as n`,
  )
  await loadTable(database, 'mute_commands', async () => {
    await database.run(
      `insert into mute_commands
         (id, kind, status, connection, user_id, actor_id, reason_category, reason_text, idempotency_key, input_hash,
          requested_at, lease_until)
       select ('00000000-0000-4000-9000-' || lpad(to_hex(n), 12, '0'))::uuid, 'mute', 'applied', 'sg',
         'user_' || n, ('00000000-0000-4000-8000-' || lpad(to_hex(floor(${authors} * random() ^ 3)::int), 12, '0'))::uuid,
         ($1::text[])[1 + floor(${reasonCategories.length} * random() ^ 3)::int], 'Three links in a minute',
         gen_random_uuid(), '', to_timestamp($2::float8 / 1000) - random() * interval '90 days', now()
       from generate_series(1, ${commandRows}) as n`,
      [reasonCategories, now],
    )
  })
  await loadTable(database, 'mute_states', async () => {
    await database.run(
      `insert into mute_states
         (connection, user_id, group_id, topic_id, scope, until, changed_at, command_id, observed_until, observed_at)
       select case when n % 500 = 0 then 'beta' else 'sg' end, 'user_' || n,
         case when scope in ('one_to_one', 'all_groups') then '' else 'group_' || floor(2000 * random() ^ 2)::int end,
         case when scope = 'topic' then 'topic_1' else '' end, scope, until, moment - interval '1 hour',
         ('00000000-0000-4000-9000-' || lpad(to_hex(n), 12, '0'))::uuid,
         case when n % 50 = 0 then moment + interval '1 day' else until end,
         case when n % 3 > 0 then moment end
       from (
         select n, ($1::text[])[1 + n % ${muteScopes.length - 1}] as scope, to_timestamp($2::float8 / 1000) as moment,
           case when n > ${inForceRows} then to_timestamp($2::float8 / 1000) - random() * interval '60 days'
             when n % 10 = 0 then 'infinity'
             else to_timestamp($2::float8 / 1000) + interval '1 minute' + random() * interval '30 days' end as until
         from generate_series(1, ${inForceRows * 2}) as n
       ) as drawn`,
      [muteScopes, now],
    )
  })
  await database.run('vacuum analyze')
}

/** An author of most mutes, one of few, and one of none. */
export const benchAuthors = [actorOf(0), actorOf(authors - 1), actorOf(authors)] as const
