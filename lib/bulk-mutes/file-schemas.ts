/**
 * The columns of a run's file, by which the form of the next run knows it again. The first is the account; `group_id` is
 * filled in a run over the groups of one account, whose rows are groups.
 */
export const bulkFileColumns = [
  'user_id',
  'nickname',
  'forecast',
  'state',
  'reason',
  'code',
  'before',
  'after',
  'verified_at',
  'group_id',
  'connection',
  'run',
  'cases',
] as const
