CREATE TABLE "bulk_mute_cases" (
	"bulk_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"wish" text NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"why" text,
	"decision_id" uuid,
	"concluded_at" timestamp (3) with time zone,
	"is_undo_asked" boolean DEFAULT false NOT NULL,
	CONSTRAINT "bulk_mute_cases_bulk_id_case_id_pk" PRIMARY KEY("bulk_id","case_id")
);
--> statement-breakpoint
ALTER TABLE "bulk_mute_cases" ADD CONSTRAINT "bulk_mute_cases_bulk_id_bulk_mutes_id_fk" FOREIGN KEY ("bulk_id") REFERENCES "public"."bulk_mutes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_mute_cases" ADD CONSTRAINT "bulk_mute_cases_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_mute_cases" ADD CONSTRAINT "bulk_mute_cases_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulk_mute_cases_case" ON "bulk_mute_cases" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "bulk_mute_cases_waiting" ON "bulk_mute_cases" USING btree ("bulk_id") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "bulk_mute_cases_undo" ON "bulk_mute_cases" USING btree ("bulk_id") WHERE is_undo_asked;