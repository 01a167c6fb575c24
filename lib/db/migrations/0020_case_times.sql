CREATE TABLE "case_claims" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"moderator_id" uuid NOT NULL,
	"claimed_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "first_claimed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "first_closed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "reopened_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "case_claims" ADD CONSTRAINT "case_claims_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_claims" ADD CONSTRAINT "case_claims_moderator_id_moderators_id_fk" FOREIGN KEY ("moderator_id") REFERENCES "public"."moderators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_claims_claimed" ON "case_claims" USING btree ("claimed_at","moderator_id","ended_at");--> statement-breakpoint
CREATE INDEX "cases_first_claimed" ON "cases" USING btree ("first_claimed_at","opened_at") WHERE first_claimed_at is not null;--> statement-breakpoint
CREATE INDEX "cases_first_closed" ON "cases" USING btree ("first_closed_at","opened_at") WHERE first_closed_at is not null;--> statement-breakpoint
CREATE INDEX "appeals_answered" ON "appeals" USING btree ("answered_at") WHERE answered_at is not null;--> statement-breakpoint
CREATE INDEX "decisions_decided" ON "decisions" USING btree ("decided_at");--> statement-breakpoint
-- What happened before there was a trigger, as far as the audit and the decisions tell.
update cases set first_claimed_at = told.at
from (select data ->> 'case' as case_id, min(at) as at from audit_events where type = 'case.claimed' group by 1) told
where cases.id::text = told.case_id;
--> statement-breakpoint
update cases set first_closed_at = least(
  closed_at,
  (select min(decided_at) from decisions where case_id = cases.id and decisions.status in ('applied', 'undone'))
);
--> statement-breakpoint
-- Those that are open now; others are not waiting.
update cases set reopened_at = told.at
from (
  select data ->> 'case' as case_id, max(at) as at from audit_events
  where type in ('decision.undone', 'appeal.received', 'case.look_again') group by 1
) told
where cases.id::text = told.case_id and cases.status not in ('decided', 'closed', 'merged');
--> statement-breakpoint
-- One without a known end counts for nothing.
insert into case_claims (id, case_id, moderator_id, claimed_at, ended_at)
select
  coalesce(held.claim_token, gen_random_uuid()), cases.id, told.actor_id, told.at,
  case when held.id is null then coalesce(told.next_at, told.at) end
from (
  select seq, type, at, actor_id, data ->> 'case' as case_id,
    lead(at) over (partition by data ->> 'case' order by seq) as next_at
  from audit_events
  where type in ('case.claimed', 'case.released', 'case.held', 'case.handed_over', 'case.returned', 'case.merged', 'decision.made', 'appeal.answered')
) told
join cases on cases.id::text = told.case_id
join moderators on moderators.id = told.actor_id
left join cases held on held.id = cases.id and held.claim_token is not null and told.next_at is null
where told.type = 'case.claimed';
--> statement-breakpoint
-- Whatever takes, ends or closes goes through these two columns, so that no way is forgotten. A claim that nobody
-- renewed ended when it lapsed, not when that was noticed.
create function cases_keep_times() returns trigger language plpgsql as $$
declare
  at timestamptz := clock_timestamp();
begin
  if new.claim_token is distinct from old.claim_token then
    update case_claims set ended_at = least(at, old.claim_until)
    where id = old.claim_token and ended_at is null;
    if new.claim_token is not null then
      new.first_claimed_at := coalesce(new.first_claimed_at, at);
      insert into case_claims (id, case_id, moderator_id, claimed_at)
      values (new.claim_token, new.id, new.claimed_by, at);
    end if;
  end if;
  if new.status is distinct from old.status then
    if new.status = 'closed' then
      new.first_closed_at := coalesce(new.first_closed_at, at);
    elsif old.status = 'closed' then
      new.reopened_at := at;
    end if;
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger cases_times before update of claim_token, status on cases
  for each row when (old.claim_token is distinct from new.claim_token or old.status is distinct from new.status)
  execute function cases_keep_times();
