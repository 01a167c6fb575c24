DROP INDEX "bulk_mutes_active";--> statement-breakpoint
ALTER TABLE "bulk_mutes" ADD COLUMN "doing" integer;--> statement-breakpoint
ALTER TABLE "bulk_mutes" ADD COLUMN "preview_failures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "bulk_mute_items_pending" ON "bulk_mute_items" USING btree ("bulk_id","position") WHERE skipped is null and command_id is null;--> statement-breakpoint
CREATE INDEX "bulk_mutes_under_way" ON "bulk_mutes" USING btree ("status","created_at") WHERE status in ('previewing', 'awaiting_approval', 'running', 'paused');--> statement-breakpoint
CREATE INDEX "bulk_mutes_undo" ON "bulk_mutes" USING btree ("undo_of") WHERE undo_of is not null;