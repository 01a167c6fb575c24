ALTER TABLE "mute_states" ADD COLUMN "holds_until" timestamp (3) with time zone GENERATED ALWAYS AS (case
        when observed_at is null or changed_at > observed_at then until
        when not isfinite(until) or not isfinite(observed_until) then observed_until
        when until - observed_until between interval '-5000 ms' and interval '5000 ms' then until
        else observed_until end) STORED;--> statement-breakpoint
CREATE INDEX "mute_commands_category" ON "mute_commands" USING btree ("reason_category");--> statement-breakpoint
CREATE INDEX "mute_states_in_force" ON "mute_states" USING btree ("holds_until","connection","user_id","group_id","topic_id","scope") WHERE holds_until is not null;--> statement-breakpoint
CREATE INDEX "mute_states_drifted" ON "mute_states" USING btree ("holds_until","connection","user_id","group_id","topic_id","scope") WHERE holds_until is not null and until is distinct from holds_until;--> statement-breakpoint
CREATE INDEX "mute_states_command" ON "mute_states" USING btree ("command_id") WHERE command_id is not null;