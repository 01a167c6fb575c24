/** How a case stands against when it should be looked at: past it, in the last quarter of its time, or before that. */
export function slaAt(
  now: number,
  { dueAt, openedAt }: { dueAt: number; openedAt: number },
): 'overdue' | 'soon' | 'later' {
  if (now >= dueAt) return 'overdue'
  return dueAt - now <= (dueAt - openedAt) / 4 ? 'soon' : 'later'
}
