/** The actions whose refusals have words of their own. */
export const actionNames = [
  'mutes.apply',
  'mutes.lift',
  'mutes.undo',
  'mutes.reapply',
  'mutes.accept-drift',
  'mutes.settle',
  'settings.set-mute-presets',
  'settings.set-approval-above',
  'settings.set-protected-accounts',
  'settings.open',
  'api-keys.add',
  'api-keys.revoke',
  'api.bulk-mutes.create',
  'api.bulk-mutes.get',
  'api.bulk-mutes.items',
  'audit.open',
] as const
