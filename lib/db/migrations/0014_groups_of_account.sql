DROP INDEX "bulk_mute_items_account";--> statement-breakpoint
ALTER TABLE "bulk_mute_items" ADD COLUMN "group_id" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "bulk_mutes" ADD COLUMN "user_id" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "bulk_mutes" ADD COLUMN "is_partial" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "bulk_mute_items_account" ON "bulk_mute_items" USING btree ("bulk_id","user_id","group_id");