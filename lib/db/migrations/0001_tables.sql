CREATE TABLE "accounts" (
	"connection" text NOT NULL,
	"user_id" text NOT NULL,
	"nickname" text,
	"avatar_url" text,
	"search_key" text DEFAULT '' NOT NULL,
	"first_seen_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "accounts_connection_user_id_pk" PRIMARY KEY("connection","user_id")
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"type" text NOT NULL,
	"outcome" text NOT NULL,
	"actor_id" uuid,
	"actor_name" text NOT NULL,
	"connection" text,
	"user_id" text,
	"command_id" uuid,
	"data" jsonb NOT NULL,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_head" (
	"id" integer PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbound_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"used" integer NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "moderators" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"disabled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"moderator_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "mute_changes" (
	"command_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"before_until" timestamp (3) with time zone,
	"after_until" timestamp (3) with time zone,
	"version" bigint NOT NULL,
	CONSTRAINT "mute_changes_command_id_scope_pk" PRIMARY KEY("command_id","scope")
);
--> statement-breakpoint
CREATE TABLE "mute_commands" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"connection" text NOT NULL,
	"user_id" text NOT NULL,
	"actor_id" uuid NOT NULL,
	"reason_category" text NOT NULL,
	"reason_text" text NOT NULL,
	"idempotency_key" uuid NOT NULL,
	"input_hash" text NOT NULL,
	"undo_of" uuid,
	"requested_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"lease_until" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"verified_at" timestamp (3) with time zone,
	"failure" jsonb
);
--> statement-breakpoint
CREATE TABLE "mute_states" (
	"connection" text NOT NULL,
	"user_id" text NOT NULL,
	"scope" text NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL,
	"until" timestamp (3) with time zone,
	"changed_at" timestamp (3) with time zone,
	"command_id" uuid,
	"pending_command_id" uuid,
	"observed_until" timestamp (3) with time zone,
	"observed_at" timestamp (3) with time zone,
	CONSTRAINT "mute_states_connection_user_id_scope_pk" PRIMARY KEY("connection","user_id","scope")
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"version" bigint DEFAULT 1 NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"changed_by" uuid
);
--> statement-breakpoint
CREATE TABLE "throttle_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"next_at_micros" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_moderator_id_moderators_id_fk" FOREIGN KEY ("moderator_id") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mute_changes" ADD CONSTRAINT "mute_changes_command_id_mute_commands_id_fk" FOREIGN KEY ("command_id") REFERENCES "public"."mute_commands"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mute_commands" ADD CONSTRAINT "mute_commands_actor_id_moderators_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mute_states" ADD CONSTRAINT "mute_states_command_id_mute_commands_id_fk" FOREIGN KEY ("command_id") REFERENCES "public"."mute_commands"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mute_states" ADD CONSTRAINT "mute_states_pending_command_id_mute_commands_id_fk" FOREIGN KEY ("pending_command_id") REFERENCES "public"."mute_commands"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settings" ADD CONSTRAINT "settings_changed_by_moderators_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accounts_search_key" ON "accounts" USING gin ("search_key" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "accounts_user_id" ON "accounts" USING btree ("user_id" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "audit_events_type" ON "audit_events" USING btree ("type","seq");--> statement-breakpoint
CREATE INDEX "audit_events_actor" ON "audit_events" USING btree ("actor_id","type","seq");--> statement-breakpoint
CREATE INDEX "audit_events_connection" ON "audit_events" USING btree ("connection","type","seq");--> statement-breakpoint
CREATE INDEX "audit_events_actor_connection" ON "audit_events" USING btree ("actor_id","connection","type","seq");--> statement-breakpoint
CREATE INDEX "audit_events_user" ON "audit_events" USING btree ("user_id","type","seq");--> statement-breakpoint
CREATE INDEX "audit_events_command" ON "audit_events" USING btree ("command_id");--> statement-breakpoint
CREATE INDEX "audit_events_at" ON "audit_events" USING btree ("at","seq");--> statement-breakpoint
CREATE INDEX "inbound_limits_ends" ON "inbound_limits" USING btree ("ends_at");--> statement-breakpoint
CREATE UNIQUE INDEX "moderators_email" ON "moderators" USING btree ("email");--> statement-breakpoint
CREATE INDEX "sessions_moderator" ON "sessions" USING btree ("moderator_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mute_commands_idempotency" ON "mute_commands" USING btree ("actor_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "mute_commands_account" ON "mute_commands" USING btree ("connection","user_id","requested_at","id");--> statement-breakpoint
CREATE INDEX "mute_commands_unsettled" ON "mute_commands" USING btree ("lease_until") WHERE status in ('requested', 'unknown');