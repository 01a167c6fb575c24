DROP INDEX "cases_queue";--> statement-breakpoint
DROP INDEX "cases_held";--> statement-breakpoint
DROP INDEX "cases_closed";--> statement-breakpoint
CREATE INDEX "cases_unclaimed" ON "cases" USING btree ((-priority),"due_at","id","connection","category") WHERE status in ('new', 'triaged', 'reopened');--> statement-breakpoint
CREATE INDEX "cases_appealed" ON "cases" USING btree ((-priority),"due_at","id") WHERE status = 'appealed';--> statement-breakpoint
CREATE INDEX "cases_claim_until" ON "cases" USING btree ("claim_until") WHERE status = 'claimed';--> statement-breakpoint
CREATE INDEX "cases_held_for" ON "cases" USING btree ("held_for") WHERE held_for is not null;--> statement-breakpoint
CREATE INDEX "cases_held" ON "cases" USING btree ("held_until","id","connection","category") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "cases_closed" ON "cases" USING btree ("closed_at","id","connection","category") WHERE status = 'closed';