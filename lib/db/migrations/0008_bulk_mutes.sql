CREATE TABLE "bulk_mute_items" (
	"bulk_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"user_id" text NOT NULL,
	"forecast" text,
	"role" integer,
	"before" jsonb,
	"after" jsonb,
	"basis" jsonb,
	"skipped" text,
	"command_id" uuid,
	"not_before" timestamp (3) with time zone,
	CONSTRAINT "bulk_mute_items_bulk_id_position_pk" PRIMARY KEY("bulk_id","position")
);
--> statement-breakpoint
CREATE TABLE "bulk_mutes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"connection" text NOT NULL,
	"group_id" text DEFAULT '' NOT NULL,
	"topic_id" text DEFAULT '' NOT NULL,
	"scopes" text[] NOT NULL,
	"until" timestamp (3) with time zone,
	"may_shorten" boolean DEFAULT false NOT NULL,
	"reason_category" text NOT NULL,
	"reason_text" text NOT NULL,
	"actor_id" uuid NOT NULL,
	"idempotency_key" uuid NOT NULL,
	"input_hash" text NOT NULL,
	"undo_of" uuid,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"preview_lease_until" timestamp (3) with time zone,
	"previewed_at" timestamp (3) with time zone,
	"token" text,
	"preview_failure" jsonb,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"approved_by" uuid,
	"paused_why" text,
	"paused_by" uuid,
	"pause_failure" jsonb
);
--> statement-breakpoint
ALTER TABLE "mute_commands" ADD COLUMN "bulk_id" uuid;--> statement-breakpoint
ALTER TABLE "bulk_mute_items" ADD CONSTRAINT "bulk_mute_items_bulk_id_bulk_mutes_id_fk" FOREIGN KEY ("bulk_id") REFERENCES "public"."bulk_mutes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_mute_items" ADD CONSTRAINT "bulk_mute_items_command_id_mute_commands_id_fk" FOREIGN KEY ("command_id") REFERENCES "public"."mute_commands"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_mutes" ADD CONSTRAINT "bulk_mutes_actor_id_moderators_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_mutes" ADD CONSTRAINT "bulk_mutes_approved_by_moderators_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_mutes" ADD CONSTRAINT "bulk_mutes_paused_by_moderators_id_fk" FOREIGN KEY ("paused_by") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "bulk_mute_items_account" ON "bulk_mute_items" USING btree ("bulk_id","user_id");--> statement-breakpoint
CREATE INDEX "bulk_mute_items_command" ON "bulk_mute_items" USING btree ("command_id") WHERE command_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "bulk_mutes_idempotency" ON "bulk_mutes" USING btree ("actor_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "bulk_mutes_newest" ON "bulk_mutes" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "bulk_mutes_active" ON "bulk_mutes" USING btree ("status") WHERE status in ('previewing', 'running');--> statement-breakpoint
CREATE INDEX "mute_commands_bulk" ON "mute_commands" USING btree ("bulk_id") WHERE bulk_id is not null;