-- Told with the commit, or not at all: whoever follows the cases then reads them anew.
create function cases_tell() returns trigger language plpgsql as $$
begin
  perform pg_notify('hushdesk_cases', new.id::text);
  return null;
end
$$;
--> statement-breakpoint
-- That a claim goes on is no news.
create trigger cases_told
  after insert or update of status, version, category, priority, report_count, urgent_at on cases
  for each row execute function cases_tell();
--> statement-breakpoint
create function case_viewers_tell() returns trigger language plpgsql as $$
begin
  perform pg_notify('hushdesk_cases', new.case_id::text);
  return null;
end
$$;
--> statement-breakpoint
create trigger case_viewers_came after insert on case_viewers for each row execute function case_viewers_tell();
--> statement-breakpoint
-- That somebody still looks is no news.
create trigger case_viewers_typed after update of is_typing on case_viewers
  for each row when (old.is_typing is distinct from new.is_typing) execute function case_viewers_tell();
--> statement-breakpoint
create function case_viewers_tell_gone() returns trigger language plpgsql as $$
begin
  perform pg_notify('hushdesk_cases', old.case_id::text);
  return null;
end
$$;
--> statement-breakpoint
create trigger case_viewers_went after delete on case_viewers for each row execute function case_viewers_tell_gone();
