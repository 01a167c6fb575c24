CREATE TABLE "account_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connection" text NOT NULL,
	"user_id" text NOT NULL,
	"other_connection" text NOT NULL,
	"other_user_id" text NOT NULL,
	"reason" text NOT NULL,
	"linked_by" uuid NOT NULL,
	"linked_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"removed_by" uuid,
	CONSTRAINT "account_links_in_order" CHECK ((connection collate "C", user_id collate "C") < (other_connection collate "C", other_user_id collate "C")),
	CONSTRAINT "account_links_removal" CHECK ((removed_at is null) = (removed_by is null))
);
--> statement-breakpoint
ALTER TABLE "account_links" ADD CONSTRAINT "account_links_linked_by_moderators_id_fk" FOREIGN KEY ("linked_by") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_links" ADD CONSTRAINT "account_links_removed_by_moderators_id_fk" FOREIGN KEY ("removed_by") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "account_links_pair" ON "account_links" USING btree ("connection","user_id","other_connection","other_user_id") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "account_links_other" ON "account_links" USING btree ("other_connection","other_user_id") WHERE removed_at is null;