ALTER TABLE "cases" ADD COLUMN "escalated_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "escalated_by" uuid;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_escalated_by_moderators_id_fk" FOREIGN KEY ("escalated_by") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- A case goes to the leads from the hands of whoever works on it, or with one that it takes over while it comes back; it leaves
-- them only on its way to whoever passed it, or closed, when an appeal opens it again. Whoever writes it.
create function cases_check_escalation() returns trigger language plpgsql as $$
begin
  if (new.escalated_at is null) <> (new.escalated_by is null)
    or (old.escalated_at is null and old.status not in ('claimed', 'decided', 'closed'))
    or (new.escalated_at is null and new.status not in ('waiting', 'closed')) then
    raise exception 'a case cannot be passed to the leads or back so' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger cases_escalation before update of escalated_at, escalated_by on cases
  for each row when (old.escalated_at is distinct from new.escalated_at or old.escalated_by is distinct from new.escalated_by)
  execute function cases_check_escalation();
--> statement-breakpoint
CREATE TABLE "report_mutes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connection" text NOT NULL,
	"reporter_id" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"muted_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"muted_by" uuid NOT NULL,
	"decision_id" uuid,
	"lifted_at" timestamp (3) with time zone,
	"lifted_by" uuid
);
--> statement-breakpoint
CREATE TABLE "set_aside_reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"report_mute_id" uuid NOT NULL,
	"source" text NOT NULL,
	"connection" text NOT NULL,
	"reporter_id" text NOT NULL,
	"accused_id" text NOT NULL,
	"group_id" text DEFAULT '' NOT NULL,
	"topic_id" text DEFAULT '' NOT NULL,
	"peer_id" text DEFAULT '' NOT NULL,
	"category" text NOT NULL,
	"text" text DEFAULT '' NOT NULL,
	"language" text DEFAULT '' NOT NULL,
	"message_ids" text[] NOT NULL,
	"client_time" timestamp (3) with time zone,
	"received_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"api_key_id" uuid,
	"actor_id" uuid,
	"idempotency_key" text NOT NULL,
	"input_hash" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "report_mutes" ADD CONSTRAINT "report_mutes_muted_by_moderators_id_fk" FOREIGN KEY ("muted_by") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_mutes" ADD CONSTRAINT "report_mutes_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_mutes" ADD CONSTRAINT "report_mutes_lifted_by_moderators_id_fk" FOREIGN KEY ("lifted_by") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "set_aside_reports" ADD CONSTRAINT "set_aside_reports_report_mute_id_report_mutes_id_fk" FOREIGN KEY ("report_mute_id") REFERENCES "public"."report_mutes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "set_aside_reports" ADD CONSTRAINT "set_aside_reports_api_key_id_api_keys_id_fk" FOREIGN KEY ("api_key_id") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "set_aside_reports" ADD CONSTRAINT "set_aside_reports_actor_id_moderators_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "report_mutes_reporter" ON "report_mutes" USING btree ("connection","reporter_id");--> statement-breakpoint
CREATE INDEX "report_mutes_order" ON "report_mutes" USING btree ("muted_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "report_mutes_decision" ON "report_mutes" USING btree ("decision_id");--> statement-breakpoint
CREATE UNIQUE INDEX "set_aside_reports_idempotency" ON "set_aside_reports" USING btree ("source","idempotency_key");--> statement-breakpoint
CREATE INDEX "set_aside_reports_mute" ON "set_aside_reports" USING btree ("report_mute_id","received_at" DESC NULLS LAST);
--> statement-breakpoint
CREATE TABLE "case_pages" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"connection" text NOT NULL,
	"category" text NOT NULL,
	"urgent_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"status" text DEFAULT 'held' NOT NULL,
	"send_after" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"failure" jsonb,
	"sent_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "urgent_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "case_pages" ADD CONSTRAINT "case_pages_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_pages_due" ON "case_pages" USING btree ("send_after") WHERE status in ('held', 'sending');--> statement-breakpoint
CREATE INDEX "cases_urgent" ON "cases" USING btree ("urgent_at") WHERE urgent_at is not null and status in ('new', 'triaged', 'reopened');
--> statement-breakpoint
CREATE TABLE "case_mentions" (
	"moderator_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"mentioned_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "case_mentions_moderator_id_case_id_pk" PRIMARY KEY("moderator_id","case_id")
);
--> statement-breakpoint
ALTER TABLE "case_mentions" ADD CONSTRAINT "case_mentions_moderator_id_moderators_id_fk" FOREIGN KEY ("moderator_id") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_mentions" ADD CONSTRAINT "case_mentions_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;
