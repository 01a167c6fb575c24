ALTER TABLE "cases" ADD COLUMN "escalated_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "escalated_by" uuid;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_escalated_by_moderators_id_fk" FOREIGN KEY ("escalated_by") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- A case goes to the leads from the hands of whoever works on it, or with one that it takes over while it comes back; it leaves
-- them only on its way to whoever passed it, or closed, when an appeal opens it again. Whoever writes it.
create function cases_check_escalation() returns trigger language plpgsql as $$
begin
  if (new.escalated_at is null) <> (new.escalated_by is null)
    or (old.escalated_at is null and old.status not in ('claimed', 'decided', 'closed'))
    or (new.escalated_at is null and new.status not in ('waiting', 'closed')) then
    raise exception 'a case cannot be passed to the leads or back so' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger cases_escalation before update of escalated_at, escalated_by on cases
  for each row when (old.escalated_at is distinct from new.escalated_at or old.escalated_by is distinct from new.escalated_by)
  execute function cases_check_escalation();
