ALTER TABLE "mute_commands" ADD COLUMN "may_arrive_until" timestamp (3) with time zone;--> statement-breakpoint
UPDATE "mute_commands" SET "may_arrive_until" = clock_timestamp() + interval '18 seconds' WHERE "status" IN ('requested', 'unknown');
