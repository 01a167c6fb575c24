CREATE TABLE "case_mentions" (
	"moderator_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"mentioned_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "case_mentions_moderator_id_case_id_pk" PRIMARY KEY("moderator_id","case_id")
);
--> statement-breakpoint
ALTER TABLE "case_mentions" ADD CONSTRAINT "case_mentions_moderator_id_moderators_id_fk" FOREIGN KEY ("moderator_id") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_mentions" ADD CONSTRAINT "case_mentions_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;