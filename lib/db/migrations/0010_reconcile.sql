CREATE TABLE "mute_rounds" (
	"connection" text PRIMARY KEY NOT NULL,
	"lease_until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "mute_states" ADD COLUMN "reconciled_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "groups_largest" ON "groups" USING btree ("connection",coalesce(member_count, 0) desc,left(search_key, 32),"group_id") WHERE dissolved_at is null;--> statement-breakpoint
CREATE INDEX "mute_states_lifted" ON "mute_states" USING btree ("until","connection","user_id","group_id","topic_id","scope") WHERE until is not null and until is distinct from holds_until;--> statement-breakpoint
CREATE INDEX "mute_states_changed" ON "mute_states" USING btree ("connection","changed_at") WHERE changed_at is not null;--> statement-breakpoint
CREATE INDEX "mute_states_watched" ON "mute_states" USING btree ("connection","scope",greatest(reconciled_at, observed_at) nulls first) WHERE greatest(reconciled_at, observed_at) is null
            or greatest(reconciled_at, observed_at) < greatest(until, observed_until);