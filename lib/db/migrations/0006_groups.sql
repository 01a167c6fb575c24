CREATE TABLE "group_syncs" (
	"connection" text PRIMARY KEY NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"cursor" text,
	"listed" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"finished_at" timestamp (3) with time zone,
	"lease_until" timestamp (3) with time zone NOT NULL,
	"failure" jsonb
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"connection" text NOT NULL,
	"group_id" text NOT NULL,
	"type" text,
	"name" text,
	"owner_id" text,
	"member_count" integer,
	"search_key" text DEFAULT '' NOT NULL,
	"first_seen_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"dissolved_at" timestamp (3) with time zone,
	CONSTRAINT "groups_connection_group_id_pk" PRIMARY KEY("connection","group_id")
);
--> statement-breakpoint
ALTER TABLE "mute_states" DROP CONSTRAINT "mute_states_connection_user_id_scope_pk";--> statement-breakpoint
ALTER TABLE "mute_commands" ADD COLUMN "group_id" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "mute_commands" ADD COLUMN "topic_id" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "mute_states" ADD COLUMN "group_id" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "mute_states" ADD COLUMN "topic_id" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "mute_states" ADD CONSTRAINT "mute_states_connection_user_id_group_id_topic_id_scope_pk" PRIMARY KEY("connection","user_id","group_id","topic_id","scope");--> statement-breakpoint
CREATE INDEX "groups_search_key" ON "groups" USING gin ("search_key" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "groups_group_id" ON "groups" USING btree ("connection","group_id" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "groups_name" ON "groups" USING btree ("connection",left(search_key, 32) text_pattern_ops);--> statement-breakpoint
CREATE INDEX "mute_commands_group" ON "mute_commands" USING btree ("connection","group_id","requested_at","id") WHERE group_id <> '';--> statement-breakpoint
CREATE INDEX "mute_states_group" ON "mute_states" USING btree ("connection","group_id") WHERE group_id <> '';