import { randomUUID } from 'node:crypto'
import type { Permission } from '../../lib/auth/roles'
import { caseActionCases } from './case-action-cases'
import { decisionCases } from './decision-cases'
import { linkActionCases } from './link-action-cases'
import { reportActionCases } from './report-action-cases'
import {
  reason,
  wrongAccount,
  wrongAccounts,
  wrongCommand,
  wrongConnection,
  wrongEnd,
  wrongPlace,
  wrongReason,
  wrongRoles,
  wrongRun,
  wrongScope,
  wrongScopes,
  wrongToken,
  wrongUuid,
} from './wrong-inputs'

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

const presets = (...list: unknown[]) => ({ presets: list })
const host = { connection: 'sg', userId: 'host' }
const account = ({ connection, userId }: Target) => ({ connection, userId })
const key = () => ({ idempotencyKey: randomUUID() })

/** Every server action of the console, by exported name. */
export const actionCases: Record<string, ActionCase> = {
  ...decisionCases,
  ...reportActionCases,
  ...linkActionCases,
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
  endStrandedMutesAction: {
    permission: 'mutes:apply',
    valid: () => ({ connection: 'gone' }),
    wrong: wrongConnection,
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
      'a case that is none': [{ cases: { ids: ['x'], wish: 'valid' } }, 'cases.ids.0', 'invalid'],
      'a case of nobody in it': [{ cases: { ids: [randomUUID()], wish: 'open' } }, 'cases', 'invalid'],
      'cases of which nothing is said': [{ cases: { ids: [randomUUID()] } }, 'cases.wish', 'required'],
      'every group, and everywhere': [{ everyGroup: true }, 'everyGroup', 'invalid'],
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
  ...caseActionCases,
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
