import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { endToleranceMs, leaseArrivalSeconds, muteScopes, reasonCategories } from '@/lib/mutes/rules'
import { commandKinds, commandStatuses } from '@/lib/mutes/schemas'
import { cases } from './cases'
import { databaseNow, instant, muteEnd } from './columns'
import { moderators } from './moderators'

/** One intent to change mutes of one account in one provider call: requested, then applied, rejected or unknown. */
export const muteCommands = pgTable(
  'mute_commands',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind', { enum: commandKinds }).notNull(),
    status: text('status', { enum: commandStatuses }).notNull(),
    connection: text('connection').notNull(),
    /** empty: everybody in the group */
    userId: text('user_id').notNull(),
    /** empty: everywhere in the connection */
    groupId: text('group_id').notNull().default(''),
    /** empty: the group itself */
    topicId: text('topic_id').notNull().default(''),
    actorId: uuid('actor_id')
      .notNull()
      .references(() => moderators.id),
    reasonCategory: text('reason_category', { enum: reasonCategories }).notNull(),
    reasonText: text('reason_text').notNull(),
    idempotencyKey: uuid('idempotency_key').notNull(),
    /** sha256 of the canonical input: the same key with another input is refused */
    inputHash: text('input_hash').notNull(),
    /** the command whose before-state this one restores */
    undoOf: uuid('undo_of'),
    /** the run over many accounts that it is part of; nobody waits for it, so that others go first */
    bulkId: uuid('bulk_id'),
    /** the case whose decision it carries out; of several that stand by it the one that was decided first */
    caseId: uuid('case_id').references(() => cases.id),
    requestedAt: instant('requested_at').notNull().default(databaseNow),
    /** until then the process that wrote `requested` may still be calling; after it the settling job takes over */
    leaseUntil: instant('lease_until').notNull(),
    /**
     * until then a call that has left, or that may still leave, can arrive; null: surely none is on its way. The default
     * is for instances of an older version, which name none.
     */
    mayArriveUntil: instant('may_arrive_until').default(
      sql.raw(`clock_timestamp() + interval '${leaseArrivalSeconds} seconds'`),
    ),
    /** how often the settling job has sent it again */
    attempts: integer('attempts').notNull().default(0),
    settledAt: instant('settled_at'),
    /** when a read-back showed what the command asked for */
    verifiedAt: instant('verified_at'),
    /** why it was rejected, why its outcome is not known, or why it was last not sent: `{ kind, providerCode? }` */
    failure: jsonb('failure'),
  },
  (table) => [
    uniqueIndex('mute_commands_idempotency').on(table.actorId, table.idempotencyKey),
    index('mute_commands_account').on(table.connection, table.userId, table.requestedAt, table.id),
    index('mute_commands_group')
      .on(table.connection, table.groupId, table.requestedAt, table.id)
      .where(sql`group_id <> ''`),
    index('mute_commands_category').on(table.reasonCategory),
    index('mute_commands_bulk').on(table.bulkId).where(sql`bulk_id is not null`),
    index('mute_commands_case').on(table.caseId).where(sql`case_id is not null`),
    index('mute_commands_unsettled').on(table.leaseUntil).where(sql`status in ('requested', 'unknown')`),
  ],
)

/** What a command changes in each scope; `null` stands for "not muted". */
export const muteChanges = pgTable(
  'mute_changes',
  {
    commandId: uuid('command_id')
      .notNull()
      .references(() => muteCommands.id),
    scope: text('scope', { enum: muteScopes }).notNull(),
    beforeUntil: muteEnd('before_until'),
    afterUntil: muteEnd('after_until'),
    /**
     * the muted roles, ascending, beside an end of the scope `roles`; null in every other scope and where nobody is
     * muted
     */
    beforeRoles: integer('before_roles').array(),
    afterRoles: integer('after_roles').array(),
    /** the state's version that this command produced; an undo holds only while it is still that one */
    version: bigint('version', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.commandId, table.scope] }),
    // A mute of roles that names none could not be sent, and would be tried for ever.
    check(
      'mute_changes_roles',
      sql`(after_roles is not null) = (scope = 'roles' and after_until is not null)`,
    ),
  ],
)

/** The ledger: per account, place and scope, what should hold and what the provider said last. */
export const muteStates = pgTable(
  'mute_states',
  {
    connection: text('connection').notNull(),
    /** as in `mute_commands`: empty where it stands for everybody, everywhere, the group itself */
    userId: text('user_id').notNull(),
    groupId: text('group_id').notNull().default(''),
    topicId: text('topic_id').notNull().default(''),
    scope: text('scope', { enum: muteScopes }).notNull(),
    /** grows by one with every change of the ledger; commands name the version they were decided on */
    version: bigint('version', { mode: 'number' }).notNull().default(0),
    /** what the ledger says; a passed end stays, it tells when the mute ended */
    until: muteEnd('until'),
    /** as in `mute_changes` */
    roles: integer('roles').array(),
    /**
     * when the ledger changed last, or was sent anew, by the clock of the server that changed it; older readings say
     * nothing about it
     */
    changedAt: instant('changed_at'),
    /** the command that brought `until` about; null when it was accepted from outside or nothing ever was */
    commandId: uuid('command_id').references(() => muteCommands.id),
    /**
     * until when the provider surely holds the mute, where that is before `until`: it takes no longer ones at once, and
     * the console renews it before; null: it holds it to its end
     */
    heldUntil: instant('held_until'),
    /** the command that renewed it last; null: none did since `commandId` */
    renewalId: uuid('renewal_id').references(() => muteCommands.id),
    /** the command in flight for this scope; while it is set no other may start */
    pendingCommandId: uuid('pending_command_id').references(() => muteCommands.id),
    /** what the provider said when it was asked at `observedAt`; without `observedAt` it was never read */
    observedUntil: muteEnd('observed_until'),
    observedRoles: integer('observed_roles').array(),
    observedAt: instant('observed_at'),
    /** when the reconciling job asked last and the provider told nothing about this scope */
    reconciledAt: instant('reconciled_at'),
    /**
     * the end of what holds: what the provider said where that is newer than the ledger's last change and another end,
     * otherwise the ledger's, which is exact where the provider's is counted back from whole seconds
     */
    holdsUntil: muteEnd('holds_until').generatedAlwaysAs(
      sql.raw(`case
        when observed_at is null or changed_at > observed_at then until
        when not isfinite(until) or not isfinite(observed_until) then observed_until
        when until - observed_until between interval '-${endToleranceMs} ms' and interval '${endToleranceMs} ms' then until
        else observed_until end`),
    ),
    /** the roles of what holds: what the provider said where that is newer than the ledger's last change */
    holdsRoles: integer('holds_roles')
      .array()
      .generatedAlwaysAs(
        sql.raw(
          'case when observed_at is null or changed_at > observed_at then roles else observed_roles end',
        ),
      ),
  },
  (table) => {
    const inOrder = [
      table.holdsUntil,
      table.connection,
      table.userId,
      table.groupId,
      table.topicId,
      table.scope,
    ] as const
    return [
      primaryKey({
        columns: [table.connection, table.userId, table.groupId, table.topicId, table.scope],
      }),
      index('mute_states_group').on(table.connection, table.groupId).where(sql`group_id <> ''`),
      // What is in force, in the order in which it ends; what has the whole key also tells connections and groups.
      index('mute_states_in_force')
        .on(...inOrder)
        .where(sql`holds_until is not null`),
      index('mute_states_drifted')
        .on(...inOrder)
        .where(
          sql`holds_until is not null and (until is distinct from holds_until or roles is distinct from holds_roles)`,
        ),
      index('mute_states_held').on(table.connection, table.heldUntil).where(sql`held_until is not null`),
      // The same for what was lifted elsewhere and holds by the ledger alone, in the order of the ledger's ends.
      index('mute_states_lifted')
        .on(table.until, ...inOrder.slice(1))
        .where(sql`until is not null and until is distinct from holds_until`),
      index('mute_states_command').on(table.commandId).where(sql`command_id is not null`),
      // What the reconciling job takes up: what changed lately, and what has not been looked at since before its end.
      index('mute_states_changed').on(table.connection, table.changedAt).where(sql`changed_at is not null`),
      index('mute_states_watched')
        .on(table.connection, table.scope, sql`greatest(reconciled_at, observed_at) nulls first`)
        .where(
          sql`greatest(reconciled_at, observed_at) is null
            or greatest(reconciled_at, observed_at) < greatest(until, observed_until)`,
        ),
    ]
  },
)

/** When each connection's ledger was last compared with its provider, and its groups searched for mutes: a row for each. */
export const muteRounds = pgTable('mute_rounds', {
  /** of a search its name stands behind the connection, after a line break */
  connection: text('connection').primaryKey(),
  /** until then no other round begins */
  leaseUntil: instant('lease_until').notNull(),
})
