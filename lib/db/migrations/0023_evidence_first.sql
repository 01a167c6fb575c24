DROP INDEX "reports_evidence_due";--> statement-breakpoint
CREATE INDEX "reports_evidence_first" ON "reports" USING btree ("connection","evidence_lease_until") WHERE evidence = 'pending';