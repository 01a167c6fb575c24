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