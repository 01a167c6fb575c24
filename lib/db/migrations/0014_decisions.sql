DROP INDEX "decisions_open";--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "plan" jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "undo" jsonb;--> statement-breakpoint
CREATE INDEX "decisions_open" ON "decisions" USING btree ("lease_until") WHERE status = 'sending' or (status = 'undone' and undo is null);