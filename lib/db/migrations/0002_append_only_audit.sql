-- The audit is append-only: rows are never changed, removed or cut off, whoever asks.
create function audit_events_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'audit_events is append-only: % is refused', tg_op using errcode = 'restrict_violation';
end
$$;
--> statement-breakpoint
create trigger audit_events_append_only before update or delete or truncate on audit_events
  for each statement execute function audit_events_refuse();
--> statement-breakpoint
-- The chain starts at 0 with a hash of zeros.
insert into audit_head (id, seq, at, hash) values (1, 0, '1970-01-01T00:00:00Z', repeat('0', 64));
