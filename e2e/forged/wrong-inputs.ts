import { randomUUID } from 'node:crypto'
import type { ActionCase } from './action-cases'

/** What is wrong with one field, by the rule that it breaks. */

export const wrongUuid: ActionCase['wrong'] = {
  'no key': [{ idempotencyKey: undefined }, 'idempotencyKey', 'invalid'],
  'a key that is none': [{ idempotencyKey: "' or 1=1 --" }, 'idempotencyKey', 'invalid'],
}

export const wrongCommand: ActionCase['wrong'] = {
  'no command': [{ commandId: null }, 'commandId', 'invalid'],
  'a command as a list': [{ commandId: [randomUUID()] }, 'commandId', 'invalid'],
  'a command that is no id': [{ commandId: '../../etc/passwd' }, 'commandId', 'invalid'],
}

export const wrongConnection: ActionCase['wrong'] = {
  'a connection of another type': [{ connection: { key: 'sg' } }, 'connection', 'invalid'],
  'a connection that is a path': [{ connection: '../sg' }, 'connection', 'invalid'],
}

export const wrongAccount: ActionCase['wrong'] = {
  ...wrongConnection,
  'no id': [{ userId: '' }, 'userId', 'required'],
  'an id of 33 bytes': [{ userId: 'x'.repeat(33) }, 'userId', 'too_many_bytes'],
  'an id of 12 characters and 36 bytes': [{ userId: '静'.repeat(12) }, 'userId', 'not_printable_ascii'],
  'an id with a control character': [{ userId: 'a\u0000b' }, 'userId', 'not_printable_ascii'],
  'an id that is a number': [{ userId: 7 }, 'userId', 'invalid'],
  'an id that is a list': [{ userId: ['a'] }, 'userId', 'invalid'],
}

export const wrongScope: ActionCase['wrong'] = {
  'an unknown scope': [{ scope: 'everywhere' }, 'scope', 'invalid'],
  'a scope of the prototype': [{ scope: 'constructor' }, 'scope', 'invalid'],
}

/** A scope and a place that do not belong together: nothing of it may be sent anywhere. */
export const wrongPlace: ActionCase['wrong'] = {
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

export const wrongScopes: ActionCase['wrong'] = {
  'no scope': [{ scopes: [] }, 'scopes', 'required'],
  'a scope twice': [{ scopes: ['one_to_one', 'one_to_one'] }, 'scopes', 'duplicate'],
  'too many scopes': [{ scopes: ['one_to_one', 'all_groups', 'one_to_one'] }, 'scopes', 'too_many'],
  'scopes as an object': [{ scopes: { 0: 'one_to_one', length: 1 } }, 'scopes', 'invalid'],
  'a basis of another type': [{ basis: { one_to_one: '0' } }, 'basis.one_to_one', 'invalid'],
  'a basis below zero': [{ basis: { one_to_one: -1 } }, 'basis.one_to_one', 'invalid'],
}

const ofRoles = (roles: unknown) => ({ userId: undefined, groupId: 'g', scopes: ['roles'], roles })
export const wrongRoles: ActionCase['wrong'] = {
  'no roles': [ofRoles([]), 'roles', 'required'],
  '21 roles': [ofRoles(Array.from({ length: 21 }, (_, index) => 100 + index)), 'roles', 'too_many'],
  'a role twice': [ofRoles([3, 3]), 'roles', 'duplicate'],
  'role 0': [ofRoles([0]), 'roles.0', 'invalid'],
  'a role as text': [ofRoles(['3']), 'roles.0', 'invalid'],
  'roles of one account': [{ roles: [3] }, 'roles', 'invalid'],
}

export const reason = { category: 'spam', text: 'Three links in a minute' }
export const wrongReason: ActionCase['wrong'] = {
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
export const wrongEnd: ActionCase['wrong'] = {
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

export const wrongRun: ActionCase['wrong'] = {
  'no run': [{ bulkId: null }, 'bulkId', 'invalid'],
  'a run as a list': [{ bulkId: [randomUUID()] }, 'bulkId', 'invalid'],
  'a run that is no id': [{ bulkId: '../../etc/passwd' }, 'bulkId', 'invalid'],
}

export const wrongToken: ActionCase['wrong'] = {
  'no preview seen': [{ token: null }, 'token', 'invalid'],
  'a token too short': [{ token: 'f'.repeat(63) }, 'token', 'invalid'],
}

export const wrongAccounts: ActionCase['wrong'] = {
  'no accounts': [{ userIds: [] }, 'userIds', 'required'],
  '501 accounts': [
    { userIds: Array.from({ length: 501 }, (_, index) => `a${index}`) },
    'userIds',
    'too_many',
  ],
  'accounts as text': [{ userIds: 'lin88' }, 'userIds', 'invalid'],
  'an account of 33 bytes': [{ userIds: ['x'.repeat(33)] }, 'userIds.0', 'too_many_bytes'],
}
