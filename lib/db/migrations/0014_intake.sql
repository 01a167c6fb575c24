ALTER TABLE "cases" ADD COLUMN "evidence_checked_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "evidence_messages_present" ON "evidence_messages" USING btree ("message_id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "reports_case_reporter" ON "reports" USING btree ("case_id","reporter_id");--> statement-breakpoint
CREATE INDEX "reports_evidence_case" ON "reports" USING btree ("case_id") WHERE evidence = 'pending';