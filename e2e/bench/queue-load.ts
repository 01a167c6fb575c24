import { reportCategories } from '../../lib/reports/rules'
import { actorOf } from './audit-load'
import { type BenchDatabase, loadTable } from './database'

export const caseRows = 200_000
const moderatorCount = 60
/** Accounts, each with three or four cases; as many reporters, some of whom report all day. */
const accountCount = 60_000
const muteRows = 50_000

/** Statuses in thousandths: a queue that is far behind, so that its tabs are long. */
const shares = { new: 250, triaged: 50, reopened: 10, claimed: 2, waiting: 15, appealed: 5, closed: 668 }

/** Fills the queue: cases of three months, one report each, and mutes of which one in twenty ends within the hour. */
export async function loadQueue(database: BenchDatabase, now: number): Promise<void> {
  const statuses = Object.entries(shares).flatMap(([status, share]) => Array<string>(share).fill(status))
  const id = (name: string) => `('00000000-0000-4000-a000-' || lpad(to_hex(${name}), 12, '0'))::uuid`
  const moderator = `('00000000-0000-4000-8000-' || lpad(to_hex(n % ${moderatorCount}), 12, '0'))::uuid`
  await database.run('select setseed(0.5)')
  await database.run(
    `insert into moderators (id, email, name, role, password_hash)
     select ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, n || '@hushdesk.test', 'Moderator ' || n,
       'moderator', 'none'
     from generate_series(0, ${moderatorCount}) as n`,
  )
  await database.run(
    `insert into accounts (connection, user_id, nickname)
     select 'sg', 'user_' || n, 'Name ' || n from generate_series(0, ${accountCount}) as n`,
  )
  await loadTable(database, 'cases', async () => {
    await database.run(
      `insert into cases (id, connection, accused_id, group_id, status, category, priority, priority_why, report_count,
         reporter_count, opened_at, due_at, claim_token, claimed_by, claim_until, held_until, closed_at, closed_by,
         look_again_at)
       select ${id('n')}, case when n % 200 = 0 then 'beta' else 'sg' end, 'user_' || n % ${accountCount},
         'group_' || n, status, ($2::text[])[1 + floor(${reportCategories.length - 1} * random() ^ 2)::int],
         floor(1000 * random() ^ 3)::int, '[{"kind":"severity","value":100}]', 1, 1, opened, opened + interval '4 hours',
         case when status = 'claimed' then gen_random_uuid() end, case when status = 'claimed' then ${moderator} end,
         case when status = 'claimed' then to_timestamp($3::float8 / 1000) + interval '5 minutes' end,
         case when status = 'waiting' then to_timestamp($3::float8 / 1000) + random() * interval '7 days' end,
         case when status = 'closed' then opened + interval '1 hour' end, case when status = 'closed' then ${moderator} end,
         case when status = 'closed' and n % 5 = 0 then to_timestamp($3::float8 / 1000) + random() * interval '20 days' end
       from (
         select n, ($1::text[])[1 + floor(1000 * random())::int] as status,
           to_timestamp($3::float8 / 1000) - random() * interval '90 days' as opened
         from generate_series(1, ${caseRows}) as n
       ) as made`,
      [statuses, [...reportCategories], now],
    )
  })
  await loadTable(database, 'reports', async () => {
    await database.run(
      `insert into reports (id, case_id, source, connection, reporter_id, accused_id, category, message_ids,
         idempotency_key, input_hash, evidence)
       select gen_random_uuid(), ${id('n')}, 'api', case when n % 200 = 0 then 'beta' else 'sg' end,
         'user_' || floor(${accountCount} * random() ^ 4)::int, 'user_' || n % ${accountCount}, 'spam', '{}', n::text, '',
         'taken'
       from generate_series(1, ${caseRows}) as n`,
    )
  })
  await loadTable(database, 'mute_states', async () => {
    await database.run(
      `insert into mute_states (connection, user_id, group_id, topic_id, scope, until)
       select 'sg', 'user_' || n, '', '', 'one_to_one',
         to_timestamp($1::float8 / 1000) + case when n % 20 = 0 then interval '1 hour' else interval '20 days' end * random()
       from generate_series(1, ${muteRows}) as n`,
      [now],
    )
  })
  for (const table of ['moderators', 'accounts', 'groups']) await database.run(`vacuum analyze ${table}`)
}

/** Of no tab in particular. */
export const caseInTheMiddle = `00000000-0000-4000-a000-${(caseRows / 2).toString(16).padStart(12, '0')}`

/** Somebody with cases in hand. */
export const benchActor = actorOf(7)
