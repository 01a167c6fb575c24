CREATE TABLE "setting_versions" (
	"key" text NOT NULL,
	"version" bigint NOT NULL,
	"value" jsonb NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by" uuid,
	CONSTRAINT "setting_versions_key_version_pk" PRIMARY KEY("key","version")
);
--> statement-breakpoint
ALTER TABLE "setting_versions" ADD CONSTRAINT "setting_versions_changed_by_moderators_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- What is set now begins the history; what was set before it is not known any more.
insert into setting_versions (key, version, value, changed_at, changed_by)
  select key, version, value, changed_at, changed_by from settings;
--> statement-breakpoint
create function setting_versions_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'setting_versions is append-only: % is refused', tg_op using errcode = 'restrict_violation';
end
$$;
--> statement-breakpoint
create trigger setting_versions_append_only before update or delete or truncate on setting_versions
  for each statement execute function setting_versions_refuse();
