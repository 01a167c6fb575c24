ALTER TABLE "mute_commands" ADD COLUMN "case_id" uuid;--> statement-breakpoint
ALTER TABLE "mute_commands" ADD CONSTRAINT "mute_commands_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mute_commands_case" ON "mute_commands" USING btree ("case_id") WHERE case_id is not null;--> statement-breakpoint
UPDATE "mute_commands" SET "case_id" = "first"."case_id" FROM (
  SELECT DISTINCT ON ("given"."id") "given"."id", "decisions"."case_id"
  FROM "decisions", unnest("decisions"."command_ids") AS "given"("id")
  ORDER BY "given"."id", "decisions"."decided_at", "decisions"."id"
) AS "first" WHERE "mute_commands"."id" = "first"."id";
