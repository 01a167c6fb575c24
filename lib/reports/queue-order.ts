import 'server-only'
import { sql } from 'drizzle-orm'
import { cases } from '@/lib/db/schema'

// Written out and not as parameters: only so do the planners see that the indexes of the queue hold these.
/** Waits for anybody: the condition of the index `cases_unclaimed`. */
export const isUnclaimed = sql`${cases.status} in ('new', 'triaged', 'reopened')`
/** The condition of the index `cases_appealed`. */
export const isAppealed = sql`${cases.status} = 'appealed'`
/** The condition of the index `cases_held`. */
export const isHeld = sql`${cases.status} = 'waiting'`
/** The condition of the index `cases_closed`. */
export const isClosed = sql`${cases.status} = 'closed'`

/** Urgent, and waits for anybody: the condition of the index `cases_urgent`. */
export const isUrgent = sql`${cases.urgentAt} is not null and ${cases.status} in ('new', 'triaged', 'reopened')`

/** The queue's order, as those indexes have it: priority from above, then what is due first. */
export const inOrder = [sql`(-${cases.priority})`, cases.dueAt, cases.id] as const
