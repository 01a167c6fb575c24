CREATE TABLE "account_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connection" text NOT NULL,
	"user_id" text NOT NULL,
	"case_id" uuid,
	"author_id" uuid NOT NULL,
	"text" text NOT NULL,
	"is_sticky" boolean DEFAULT false NOT NULL,
	"written_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "case_transitions" (
	"from_status" text NOT NULL,
	"to_status" text NOT NULL,
	CONSTRAINT "case_transitions_from_status_to_status_pk" PRIMARY KEY("from_status","to_status")
);
--> statement-breakpoint
CREATE TABLE "case_viewers" (
	"case_id" uuid NOT NULL,
	"moderator_id" uuid NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"is_typing" boolean DEFAULT false NOT NULL,
	CONSTRAINT "case_viewers_case_id_moderator_id_pk" PRIMARY KEY("case_id","moderator_id")
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "cases_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"connection" text NOT NULL,
	"accused_id" text NOT NULL,
	"group_id" text DEFAULT '' NOT NULL,
	"topic_id" text DEFAULT '' NOT NULL,
	"peer_id" text DEFAULT '' NOT NULL,
	"status" text DEFAULT 'new' NOT NULL,
	"version" bigint DEFAULT 1 NOT NULL,
	"category" text NOT NULL,
	"priority" integer DEFAULT 0 NOT NULL,
	"priority_why" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"report_count" integer DEFAULT 0 NOT NULL,
	"reporter_count" integer DEFAULT 0 NOT NULL,
	"opened_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"last_reported_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"claim_token" uuid,
	"claimed_by" uuid,
	"claim_until" timestamp (3) with time zone,
	"held_until" timestamp (3) with time zone,
	"held_for" uuid,
	"merged_into" uuid,
	"closed_at" timestamp (3) with time zone,
	"closed_by" uuid,
	"verdict" text,
	"look_again_at" timestamp (3) with time zone,
	"evidence_checked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "appeals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"decision_id" uuid NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"text" text NOT NULL,
	"language" text DEFAULT '' NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"idempotency_key" text NOT NULL,
	"input_hash" text NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"answered_by" uuid,
	"answer" text
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"status" text DEFAULT 'sending' NOT NULL,
	"verdict" text NOT NULL,
	"actions" jsonb NOT NULL,
	"suggestion" jsonb,
	"override_reason" text,
	"reason_text" text DEFAULT '' NOT NULL,
	"command_ids" uuid[] NOT NULL,
	"failure" jsonb,
	"plan" jsonb NOT NULL,
	"idempotency_key" uuid NOT NULL,
	"input_hash" text NOT NULL,
	"decided_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"lease_until" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"undone_at" timestamp (3) with time zone,
	"undone_by" uuid,
	"undo" jsonb
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"decision_id" uuid,
	"case_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"connection" text NOT NULL,
	"user_id" text NOT NULL,
	"text" text NOT NULL,
	"status" text DEFAULT 'held' NOT NULL,
	"send_after" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"failure" jsonb,
	"sent_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "strikes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connection" text NOT NULL,
	"user_id" text NOT NULL,
	"category" text NOT NULL,
	"decision_id" uuid NOT NULL,
	"given_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"voided_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "callbacks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "callbacks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"connection" text NOT NULL,
	"event" text NOT NULL,
	"event_key" text NOT NULL,
	"body" jsonb NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"done_at" timestamp (3) with time zone,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "evidence_messages" (
	"case_id" uuid NOT NULL,
	"message_id" text NOT NULL,
	"seq" text NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"message" jsonb NOT NULL,
	"hash" text NOT NULL,
	"is_reported" boolean NOT NULL,
	"taken_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"gone_at" timestamp (3) with time zone,
	CONSTRAINT "evidence_messages_case_id_message_id_pk" PRIMARY KEY("case_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"source" text NOT NULL,
	"connection" text NOT NULL,
	"reporter_id" text,
	"accused_id" text NOT NULL,
	"category" text NOT NULL,
	"text" text DEFAULT '' NOT NULL,
	"language" text DEFAULT '' NOT NULL,
	"message_ids" text[] NOT NULL,
	"client_time" timestamp (3) with time zone,
	"received_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"api_key_id" uuid,
	"actor_id" uuid,
	"idempotency_key" text NOT NULL,
	"input_hash" text NOT NULL,
	"verdict" text,
	"evidence" text DEFAULT 'pending' NOT NULL,
	"evidence_why" text,
	"evidence_attempts" integer DEFAULT 0 NOT NULL,
	"evidence_lease_until" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account_notes" ADD CONSTRAINT "account_notes_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_notes" ADD CONSTRAINT "account_notes_author_id_moderators_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_viewers" ADD CONSTRAINT "case_viewers_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_viewers" ADD CONSTRAINT "case_viewers_moderator_id_moderators_id_fk" FOREIGN KEY ("moderator_id") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_claimed_by_moderators_id_fk" FOREIGN KEY ("claimed_by") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_held_for_moderators_id_fk" FOREIGN KEY ("held_for") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_closed_by_moderators_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_merged_into_cases_id_fk" FOREIGN KEY ("merged_into") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_answered_by_moderators_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_actor_id_moderators_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_undone_by_moderators_id_fk" FOREIGN KEY ("undone_by") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "strikes" ADD CONSTRAINT "strikes_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_messages" ADD CONSTRAINT "evidence_messages_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_api_key_id_api_keys_id_fk" FOREIGN KEY ("api_key_id") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_actor_id_moderators_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_notes_account" ON "account_notes" USING btree ("connection","user_id","written_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "account_notes_case" ON "account_notes" USING btree ("case_id","written_at");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_number" ON "cases" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_open" ON "cases" USING btree ("connection","accused_id","group_id","topic_id","peer_id") WHERE status in ('new', 'triaged', 'claimed', 'waiting', 'reopened', 'appealed');--> statement-breakpoint
CREATE INDEX "cases_unclaimed" ON "cases" USING btree ((-priority),"due_at","id","connection","category") WHERE status in ('new', 'triaged', 'reopened');--> statement-breakpoint
CREATE INDEX "cases_appealed" ON "cases" USING btree ((-priority),"due_at","id") WHERE status = 'appealed';--> statement-breakpoint
CREATE INDEX "cases_accused" ON "cases" USING btree ("connection","accused_id","opened_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "cases_claimed" ON "cases" USING btree ("claimed_by") WHERE claimed_by is not null;--> statement-breakpoint
CREATE INDEX "cases_claim_until" ON "cases" USING btree ("claim_until") WHERE status = 'claimed';--> statement-breakpoint
CREATE INDEX "cases_held" ON "cases" USING btree ("held_until","id","connection","category") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "cases_held_for" ON "cases" USING btree ("held_for") WHERE held_for is not null;--> statement-breakpoint
CREATE INDEX "cases_closed" ON "cases" USING btree ("closed_at","id","connection","category") WHERE status = 'closed';--> statement-breakpoint
CREATE INDEX "cases_look_again" ON "cases" USING btree ("look_again_at") WHERE look_again_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "appeals_idempotency" ON "appeals" USING btree ("idempotency_key");--> statement-breakpoint
CREATE UNIQUE INDEX "appeals_open" ON "appeals" USING btree ("decision_id") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "appeals_case" ON "appeals" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_idempotency" ON "decisions" USING btree ("actor_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "decisions_case" ON "decisions" USING btree ("case_id","decided_at");--> statement-breakpoint
CREATE INDEX "decisions_open" ON "decisions" USING btree ("lease_until") WHERE status = 'sending' or (status = 'undone' and undo is null);--> statement-breakpoint
CREATE INDEX "notices_due" ON "notices" USING btree ("send_after") WHERE status in ('held', 'sending');--> statement-breakpoint
CREATE INDEX "notices_case" ON "notices" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "strikes_account" ON "strikes" USING btree ("connection","user_id","given_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "callbacks_event" ON "callbacks" USING btree ("connection","event_key");--> statement-breakpoint
CREATE INDEX "callbacks_due" ON "callbacks" USING btree ("lease_until") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "evidence_messages_present" ON "evidence_messages" USING btree ("message_id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "evidence_messages_order" ON "evidence_messages" USING btree ("case_id","sent_at","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "reports_idempotency" ON "reports" USING btree ("source","idempotency_key");--> statement-breakpoint
CREATE INDEX "reports_case" ON "reports" USING btree ("case_id","received_at","id");--> statement-breakpoint
CREATE INDEX "reports_case_reporter" ON "reports" USING btree ("case_id","reporter_id");--> statement-breakpoint
CREATE INDEX "reports_reporter" ON "reports" USING btree ("connection","reporter_id","received_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "reports_evidence_case" ON "reports" USING btree ("case_id") WHERE evidence = 'pending';--> statement-breakpoint
CREATE INDEX "reports_evidence_due" ON "reports" USING btree ("evidence_lease_until") WHERE evidence = 'pending';--> statement-breakpoint
insert into case_transitions (from_status, to_status) values
  ('new', 'triaged'),
  ('new', 'claimed'),
  ('new', 'waiting'),
  ('new', 'decided'),
  ('new', 'merged'),
  ('triaged', 'claimed'),
  ('triaged', 'waiting'),
  ('triaged', 'decided'),
  ('triaged', 'merged'),
  ('claimed', 'triaged'),
  ('claimed', 'waiting'),
  ('claimed', 'decided'),
  ('claimed', 'merged'),
  ('claimed', 'reopened'),
  ('claimed', 'appealed'),
  ('waiting', 'triaged'),
  ('waiting', 'claimed'),
  ('waiting', 'decided'),
  ('waiting', 'merged'),
  ('waiting', 'reopened'),
  ('waiting', 'appealed'),
  ('decided', 'closed'),
  ('decided', 'reopened'),
  ('closed', 'reopened'),
  ('closed', 'appealed'),
  ('reopened', 'claimed'),
  ('reopened', 'waiting'),
  ('reopened', 'decided'),
  ('reopened', 'merged'),
  ('appealed', 'claimed'),
  ('appealed', 'waiting'),
  ('appealed', 'decided'),
  ('appealed', 'closed'),
  ('appealed', 'merged');
--> statement-breakpoint
-- A case goes from one status to another only as the table says, whoever writes it.
create function cases_check_transition() returns trigger language plpgsql as $$
begin
  if not exists (select from case_transitions where from_status = old.status and to_status = new.status) then
    raise exception 'a case cannot go from % to %', old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger cases_transition before update of status on cases
  for each row when (old.status is distinct from new.status) execute function cases_check_transition();
