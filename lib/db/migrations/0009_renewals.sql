ALTER TABLE "mute_states" ADD COLUMN "held_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mute_states" ADD COLUMN "renewal_id" uuid;--> statement-breakpoint
ALTER TABLE "mute_states" ADD CONSTRAINT "mute_states_renewal_id_mute_commands_id_fk" FOREIGN KEY ("renewal_id") REFERENCES "public"."mute_commands"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mute_states_held" ON "mute_states" USING btree ("connection","held_until") WHERE held_until is not null;