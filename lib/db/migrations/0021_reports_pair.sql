CREATE INDEX "reports_pair" ON "reports" USING btree ("connection","reporter_id","accused_id","received_at" DESC NULLS LAST);
--> statement-breakpoint
DROP INDEX "evidence_messages_order";--> statement-breakpoint
CREATE INDEX "evidence_messages_order" ON "evidence_messages" USING btree ("case_id","sent_at",length(seq),"seq");
