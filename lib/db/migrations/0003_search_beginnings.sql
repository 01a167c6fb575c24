DROP INDEX "accounts_user_id";--> statement-breakpoint
CREATE INDEX "accounts_name" ON "accounts" USING btree ("connection",left(search_key, 32) text_pattern_ops);--> statement-breakpoint
CREATE INDEX "accounts_user_id" ON "accounts" USING btree ("connection","user_id" text_pattern_ops);