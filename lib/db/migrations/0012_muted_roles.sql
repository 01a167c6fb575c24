DROP INDEX "mute_states_drifted";--> statement-breakpoint
ALTER TABLE "mute_changes" ADD COLUMN "before_roles" integer[];--> statement-breakpoint
ALTER TABLE "mute_changes" ADD COLUMN "after_roles" integer[];--> statement-breakpoint
ALTER TABLE "mute_states" ADD COLUMN "roles" integer[];--> statement-breakpoint
ALTER TABLE "mute_states" ADD COLUMN "observed_roles" integer[];--> statement-breakpoint
ALTER TABLE "mute_states" ADD COLUMN "holds_roles" integer[] GENERATED ALWAYS AS (case when observed_at is null or changed_at > observed_at then roles else observed_roles end) STORED;--> statement-breakpoint
CREATE INDEX "mute_states_drifted" ON "mute_states" USING btree ("holds_until","connection","user_id","group_id","topic_id","scope") WHERE holds_until is not null and (until is distinct from holds_until or roles is distinct from holds_roles);--> statement-breakpoint
ALTER TABLE "mute_changes" ADD CONSTRAINT "mute_changes_roles" CHECK ((after_roles is not null) = (scope = 'roles' and after_until is not null));