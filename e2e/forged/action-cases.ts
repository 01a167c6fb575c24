import { randomUUID } from 'node:crypto'
import type { Permission } from '../../lib/auth/roles'

/** What an attack aims at. */
export type Target = { connection: string; userId: string; commandId: string }

export type ActionCase = {
  /** without it a signed-in moderator is refused */
  permission: Permission
  /** the input that its page would send */
  valid(target: Target): Record<string, unknown>
  /** one field of the valid input made wrong → the field named in the refusal and why */
  wrong: Record<string, [change: Record<string, unknown>, field: string, code: string]>
}

const wrongUuid: ActionCase['wrong'] = {
  'no key': [{ idempotencyKey: undefined }, 'idempotencyKey', 'invalid'],
  'a key that is none': [{ idempotencyKey: "' or 1=1 --" }, 'idempotencyKey', 'invalid'],
}

const wrongCommand: ActionCase['wrong'] = {
  'no command': [{ commandId: null }, 'commandId', 'invalid'],
  'a command as a list': [{ commandId: [randomUUID()] }, 'commandId', 'invalid'],
  'a command that is no id': [{ commandId: '../../etc/passwd' }, 'commandId', 'invalid'],
}

const wrongAccount: ActionCase['wrong'] = {
  'a connection of another type': [{ connection: { key: 'sg' } }, 'connection', 'invalid'],
  'a connection that is a path': [{ connection: '../sg' }, 'connection', 'invalid'],
  'no id': [{ userId: '' }, 'userId', 'required'],
  'an id of 33 bytes': [{ userId: 'x'.repeat(33) }, 'userId', 'too_many_bytes'],
  'an id of 12 characters and 36 bytes': [{ userId: '静'.repeat(12) }, 'userId', 'not_printable_ascii'],
  'an id with a control character': [{ userId: 'a\u0000b' }, 'userId', 'not_printable_ascii'],
  'an id that is a number': [{ userId: 7 }, 'userId', 'invalid'],
  'an id that is a list': [{ userId: ['a'] }, 'userId', 'invalid'],
}

const wrongScope: ActionCase['wrong'] = {
  'an unknown scope': [{ scope: 'everywhere' }, 'scope', 'invalid'],
  'a scope of the prototype': [{ scope: 'constructor' }, 'scope', 'invalid'],
}

/** A scope and a place that do not belong together: nothing of it may be sent anywhere. */
const wrongPlace: ActionCase['wrong'] = {
  'no account and no group': [{ userId: undefined }, 'userId', 'required'],
  'everybody in no group': [{ userId: undefined, scopes: ['everyone'] }, 'groupId', 'required'],
  'everybody, of one account': [{ groupId: 'g', scopes: ['everyone'] }, 'scopes', 'invalid'],
  'in a group that is not named': [{ scopes: ['group'] }, 'scopes', 'invalid'],
  'everywhere, in a group': [{ groupId: 'g' }, 'scopes', 'invalid'],
  'a topic without its group': [{ topicId: 't', scopes: ['topic'] }, 'groupId', 'required'],
  'the group, in a topic': [{ groupId: 'g', topicId: 't', scopes: ['group'] }, 'scopes', 'invalid'],
  'a group id of 97 bytes': [{ groupId: 'x'.repeat(97), scopes: ['group'] }, 'groupId', 'too_many_bytes'],
  'a group id with control characters': [
    { groupId: 'a\u0007', scopes: ['group'] },
    'groupId',
    'not_printable_ascii',
  ],
  'a topic id of another type': [{ groupId: 'g', topicId: 7, scopes: ['topic'] }, 'topicId', 'invalid'],
}

const wrongScopes: ActionCase['wrong'] = {
  'no scope': [{ scopes: [] }, 'scopes', 'required'],
  'a scope twice': [{ scopes: ['one_to_one', 'one_to_one'] }, 'scopes', 'duplicate'],
  'too many scopes': [{ scopes: ['one_to_one', 'all_groups', 'one_to_one'] }, 'scopes', 'too_many'],
  'scopes as an object': [{ scopes: { 0: 'one_to_one', length: 1 } }, 'scopes', 'invalid'],
  'a basis of another type': [{ basis: { one_to_one: '0' } }, 'basis.one_to_one', 'invalid'],
  'a basis below zero': [{ basis: { one_to_one: -1 } }, 'basis.one_to_one', 'invalid'],
}

const ofRoles = (roles: unknown) => ({ userId: undefined, groupId: 'g', scopes: ['roles'], roles })
const wrongRoles: ActionCase['wrong'] = {
  'no roles': [ofRoles([]), 'roles', 'required'],
  '21 roles': [ofRoles(Array.from({ length: 21 }, (_, index) => 100 + index)), 'roles', 'too_many'],
  'a role twice': [ofRoles([3, 3]), 'roles', 'duplicate'],
  'role 0': [ofRoles([0]), 'roles.0', 'invalid'],
  'a role as text': [ofRoles(['3']), 'roles.0', 'invalid'],
  'roles of one account': [{ roles: [3] }, 'roles', 'invalid'],
}

const reason = { category: 'spam', text: 'Three links in a minute' }
const wrongReason: ActionCase['wrong'] = {
  'no reason': [{ reason: undefined }, 'reason', 'invalid'],
  'an unknown category': [{ reason: { ...reason, category: 'because' } }, 'reason.category', 'required'],
  'an empty reason': [{ reason: { ...reason, text: ' \n\t ' } }, 'reason.text', 'required'],
  'a reason of 501 characters': [{ reason: { ...reason, text: 'x'.repeat(501) } }, 'reason.text', 'too_long'],
  'a reason of 900 kB': [{ reason: { ...reason, text: 'x'.repeat(900_000) } }, 'reason.text', 'too_long'],
  'a reason with control characters': [
    { reason: { ...reason, text: 'red \u001b[31malert' } },
    'reason.text',
    'control_characters',
  ],
  'more in the reason': [{ reason: { ...reason, author: 'admin' } }, 'reason', 'invalid'],
}

const duration = (seconds: unknown) => ({ end: { kind: 'duration', seconds } })
const wrongEnd: ActionCase['wrong'] = {
  'no end': [{ end: null }, 'end', 'invalid'],
  'an unknown kind of end': [{ end: { kind: 'never' } }, 'end.kind', 'invalid'],
  'a duration of 0': [duration(0), 'end.seconds', 'not_positive'],
  'a duration of -1': [duration(-1), 'end.seconds', 'not_positive'],
  'a duration of half a second': [duration(0.5), 'end.seconds', 'invalid'],
  "the provider's word for ever as a duration": [duration(4_294_967_295), 'end.seconds', 'beyond_maximum'],
  'a duration of 1e99': [duration(1e99), 'end.seconds', 'invalid'],
  'a duration as text': [duration('3600'), 'end.seconds', 'invalid'],
  'an infinite duration': [duration('$Infinity'), 'end.seconds', 'invalid'],
  'a duration that is no number': [duration('$NaN'), 'end.seconds', 'invalid'],
  'an end in the past': [{ end: { kind: 'at', at: 1_000 } }, 'end', 'in_past'],
  'an end before 1970': [{ end: { kind: 'at', at: -1 } }, 'end.at', 'in_past'],
  'an end in the year 2400': [{ end: { kind: 'at', at: 13_569_465_600_000 } }, 'end', 'beyond_maximum'],
  'an end beyond dates': [{ end: { kind: 'at', at: 8.64e15 + 1 } }, 'end.at', 'beyond_maximum'],
  'an end with more in it': [{ end: { kind: 'forever', seconds: 60 } }, 'end', 'invalid'],
}

const wrongRun: ActionCase['wrong'] = {
  'no run': [{ bulkId: null }, 'bulkId', 'invalid'],
  'a run as a list': [{ bulkId: [randomUUID()] }, 'bulkId', 'invalid'],
  'a run that is no id': [{ bulkId: '../../etc/passwd' }, 'bulkId', 'invalid'],
}

const wrongToken: ActionCase['wrong'] = {
  'no preview seen': [{ token: null }, 'token', 'invalid'],
  'a token too short': [{ token: 'f'.repeat(63) }, 'token', 'invalid'],
}

const wrongAccounts: ActionCase['wrong'] = {
  'no accounts': [{ userIds: [] }, 'userIds', 'required'],
  '501 accounts': [
    { userIds: Array.from({ length: 501 }, (_, index) => `a${index}`) },
    'userIds',
    'too_many',
  ],
  'accounts as text': [{ userIds: 'lin88' }, 'userIds', 'invalid'],
  'an account of 33 bytes': [{ userIds: ['x'.repeat(33)] }, 'userIds.0', 'too_many_bytes'],
}

const presets = (...list: unknown[]) => ({ presets: list })
const host = { connection: 'sg', userId: 'host' }
const account = ({ connection, userId }: Target) => ({ connection, userId })
const key = () => ({ idempotencyKey: randomUUID() })

/** Every server action of the console, by exported name. */
export const actionCases: Record<string, ActionCase> = {
  applyMuteAction: {
    permission: 'mutes:apply',
    valid: (target) => ({
      ...account(target),
      ...key(),
      scopes: ['one_to_one', 'all_groups'],
      basis: {},
      end: { kind: 'duration', seconds: 3_600 },
      reason,
    }),
    wrong: {
      ...wrongUuid,
      ...wrongAccount,
      ...wrongScopes,
      ...wrongPlace,
      ...wrongRoles,
      ...wrongReason,
      ...wrongEnd,
    },
  },
  liftMuteAction: {
    permission: 'mutes:lift',
    valid: (target) => ({ ...account(target), ...key(), scopes: ['one_to_one'], basis: {}, reason }),
    wrong: { ...wrongUuid, ...wrongAccount, ...wrongScopes, ...wrongPlace, ...wrongReason },
  },
  undoMuteAction: {
    permission: 'mutes:lift',
    valid: ({ commandId }) => ({ ...key(), commandId }),
    wrong: { ...wrongUuid, ...wrongCommand },
  },
  reapplyMuteAction: {
    permission: 'mutes:apply',
    valid: (target) => ({ ...account(target), ...key(), scope: 'one_to_one', basis: {} }),
    wrong: { ...wrongUuid, ...wrongAccount, ...wrongScope },
  },
  acceptDriftAction: {
    permission: 'mutes:apply',
    valid: (target) => ({ ...account(target), scope: 'one_to_one', version: 0 }),
    wrong: {
      ...wrongAccount,
      ...wrongScope,
      'a version below zero': [{ version: -1 }, 'version', 'invalid'],
      'no version': [{ version: undefined }, 'version', 'invalid'],
    },
  },
  settleMuteAction: {
    permission: 'mutes:apply',
    valid: ({ commandId }) => ({ commandId }),
    wrong: wrongCommand,
  },
  createBulkMuteAction: {
    permission: 'mutes:bulk',
    valid: ({ connection, userId }) => ({
      ...key(),
      kind: 'mute',
      connection,
      userIds: [userId],
      scopes: ['one_to_one', 'all_groups'],
      end: { kind: 'duration', seconds: 3_600 },
      reason,
    }),
    wrong: {
      ...wrongUuid,
      ...wrongReason,
      ...wrongEnd,
      ...wrongAccounts,
      'an account twice': [{ userIds: ['a', 'a'] }, 'userIds', 'duplicate'],
      'a kind that only the console makes': [{ kind: 'undo' }, 'kind', 'invalid'],
      'no place': [{ scopes: undefined }, 'scopes', 'required'],
      'everybody in a group': [{ scopes: ['everyone'] }, 'scopes.0', 'invalid'],
      'everywhere, in a group': [{ groupId: 'g' }, 'scopes', 'invalid'],
      'a topic without its group': [{ topicId: 't' }, 'groupId', 'required'],
    },
  },
  previewBulkMuteAgainAction: onRun('mutes:bulk'),
  startBulkMuteAction: onPreview('mutes:bulk'),
  approveBulkMuteAction: onPreview('mutes:approve-bulk'),
  pauseBulkMuteAction: onRun('mutes:bulk'),
  resumeBulkMuteAction: onRun('mutes:bulk'),
  cancelBulkMuteAction: onRun('mutes:bulk'),
  retryBulkMuteAction: {
    permission: 'mutes:bulk',
    valid: ({ commandId, userId }) => ({ bulkId: commandId, userIds: [userId] }),
    wrong: { ...wrongRun, ...wrongAccounts },
  },
  undoBulkMuteAction: {
    permission: 'mutes:bulk',
    valid: ({ commandId, userId }) => ({ ...key(), bulkId: commandId, userIds: [userId] }),
    wrong: { ...wrongUuid, ...wrongRun, ...wrongAccounts },
  },
  setMutePresetsAction: {
    permission: 'settings:write',
    valid: () => ({ presets: [{ seconds: 600 }, 'forever'], version: 0 }),
    wrong: {
      'no presets': [presets(), 'presets', 'required'],
      'nine presets': [
        presets(...Array.from({ length: 9 }, (_, index) => ({ seconds: 60 + index }))),
        'presets',
        'too_many',
      ],
      'a preset twice': [presets({ seconds: 60 }, { seconds: 60 }), 'presets', 'duplicate'],
      'a preset of 0': [presets({ seconds: 0 }), 'presets.0.seconds', 'invalid'],
      'a preset with more in it': [presets({ seconds: 60, label: '<b>' }), 'presets.0', 'invalid'],
      'presets as text': [{ presets: 'forever' }, 'presets', 'invalid'],
      'a version of 1e99': [{ version: 1e99 }, 'version', 'invalid'],
    },
  },
  setApprovalAboveAction: {
    permission: 'settings:write',
    valid: () => ({ accounts: 100, version: 0 }),
    wrong: {
      'no size': [{ accounts: undefined }, 'accounts', 'invalid'],
      'a size below zero': [{ accounts: -1 }, 'accounts', 'invalid'],
      'a size of 501': [{ accounts: 501 }, 'accounts', 'beyond_maximum'],
      'a size as text': [{ accounts: '100' }, 'accounts', 'invalid'],
      'a version as text': [{ version: '0' }, 'version', 'invalid'],
    },
  },
  setProtectedAccountsAction: {
    permission: 'settings:write',
    valid: () => ({ accounts: [{ connection: 'sg', userId: 'host' }], version: 0 }),
    wrong: {
      'accounts as text': [{ accounts: 'host' }, 'accounts', 'invalid'],
      'an account twice': [{ accounts: [host, host] }, 'accounts', 'duplicate'],
      '2 001 accounts': [
        { accounts: Array.from({ length: 2_001 }, (_, index) => ({ ...host, userId: `u${index}` })) },
        'accounts',
        'too_many',
      ],
      'a connection that is a path': [
        { accounts: [{ ...host, connection: '../sg' }] },
        'accounts.0.connection',
        'invalid',
      ],
      'an id with a control character': [
        { accounts: [{ ...host, userId: 'a\u0000' }] },
        'accounts.0.userId',
        'not_printable_ascii',
      ],
    },
  },
  addApiKeyAction: {
    permission: 'api-keys:write',
    valid: () => ({ name: 'Forged', email: 'admin@hushdesk.test', scopes: ['bulk-mutes:read'] }),
    wrong: {
      'no name': [{ name: ' ' }, 'name', 'required'],
      'a name of 81 characters': [{ name: 'x'.repeat(81) }, 'name', 'too_long'],
      nobody: [{ email: 'nobody' }, 'email', 'invalid'],
      'no scope': [{ scopes: [] }, 'scopes', 'required'],
      'a scope twice': [{ scopes: ['bulk-mutes:read', 'bulk-mutes:read'] }, 'scopes', 'duplicate'],
      'a scope that there is not': [{ scopes: ['*'] }, 'scopes.0', 'invalid'],
    },
  },
  revokeApiKeyAction: {
    permission: 'api-keys:write',
    valid: () => ({ id: randomUUID() }),
    wrong: {
      'no id': [{ id: undefined }, 'id', 'invalid'],
      'an id that is none': [{ id: "' or 1=1 --" }, 'id', 'invalid'],
    },
  },
}

/** An action that takes a run and nothing else. */
function onRun(permission: Permission): ActionCase {
  return { permission, valid: ({ commandId }) => ({ bulkId: commandId }), wrong: wrongRun }
}

/** An action that takes a run and the preview that was seen of it. */
function onPreview(permission: Permission): ActionCase {
  return {
    permission,
    valid: ({ commandId }) => ({ bulkId: commandId, token: 'f'.repeat(64) }),
    wrong: { ...wrongRun, ...wrongToken },
  }
}
