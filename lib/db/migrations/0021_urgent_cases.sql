CREATE TABLE "case_pages" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"connection" text NOT NULL,
	"category" text NOT NULL,
	"urgent_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"status" text DEFAULT 'held' NOT NULL,
	"send_after" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"failure" jsonb,
	"sent_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "urgent_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "case_pages" ADD CONSTRAINT "case_pages_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_pages_due" ON "case_pages" USING btree ("send_after") WHERE status in ('held', 'sending');--> statement-breakpoint
CREATE INDEX "cases_urgent" ON "cases" USING btree ("urgent_at") WHERE urgent_at is not null and status in ('new', 'triaged', 'reopened');