import { randomUUID } from 'node:crypto'
import { defaultNoticeTemplates, defaultReportPolicies } from '../../lib/settings/report-defaults'
import type { ActionCase } from './action-cases'
import { wrongAccount, wrongUuid } from './wrong-inputs'

const key = () => ({ idempotencyKey: randomUUID() })
const wellKnown = '00000000-0000-4000-8000-000000000001'
const hour = { kind: 'duration', seconds: 3_600 }
const mute = { kind: 'mute', scopes: ['one_to_one'], basis: {}, end: hour }
const doing = (...actions: unknown[]) => ({ actions })

const wrongVersion: ActionCase['wrong'] = {
  'no version': [{ version: undefined }, 'version', 'invalid'],
  'a version below one': [{ version: 0 }, 'version', 'invalid'],
}

/** The actions about deciding cases, and about what leads set for it. */
export const decisionCases: Record<string, ActionCase> = {
  decideCaseAction: {
    permission: 'reports:work',
    valid: () => ({
      ...key(),
      caseId: randomUUID(),
      version: 1,
      verdict: 'valid',
      actions: [{ kind: 'warn' }],
      notify: { accused: 'en', reporters: true },
      closeWith: [],
      reasonText: 'Links',
      lookAgainAt: null,
    }),
    wrong: {
      ...wrongUuid,
      ...wrongVersion,
      'a case that is none': [{ caseId: '../1' }, 'caseId', 'invalid'],
      'a claim that is none': [{ claimToken: 'mine' }, 'claimToken', 'invalid'],
      'no verdict': [{ verdict: null }, 'verdict', 'required'],
      'too many actions': [doing(...Array(7).fill({ kind: 'warn' })), 'actions', 'too_many'],
      'an action twice': [doing({ kind: 'warn' }, { kind: 'warn' }), 'actions', 'duplicate'],
      'two ends of one mute': [doing(mute, { ...mute, kind: 'extend' }), 'actions', 'duplicate'],
      'a mute of everybody': [doing({ ...mute, groupId: 'g', scopes: ['everyone'] }), 'scopes', 'invalid'],
      'a length below zero': [
        doing({ ...mute, end: { ...hour, seconds: -1 } }),
        'actions.0.end.seconds',
        'not_positive',
      ],
      'a reason with controls': [{ reasonText: 'a\u0007' }, 'reasonText', 'control_characters'],
      'a language that there is not': [
        { notify: { accused: 'xx', reporters: true } },
        'notify.accused',
        'invalid',
      ],
      'a case closed twice': [
        { caseId: wellKnown, closeWith: [{ caseId: wellKnown, version: 1 }] },
        'closeWith',
        'duplicate',
      ],
    },
  },
  undoDecisionAction: {
    permission: 'reports:work',
    valid: () => ({ decisionId: randomUUID() }),
    wrong: { 'a decision that is none': [{ decisionId: "' or 1=1 --" }, 'decisionId', 'invalid'] },
  },
  fileAppealAction: {
    permission: 'reports:file',
    valid: ({ connection, userId }) => ({ ...key(), connection, userId, text: 'Not me', language: 'en' }),
    wrong: {
      ...wrongUuid,
      ...wrongAccount,
      'no text': [{ text: ' ' }, 'text', 'required'],
      'a text of 4 001 characters': [{ text: 'x'.repeat(4_001) }, 'text', 'too_long'],
      'a language with markup': [{ language: '<b>' }, 'language', 'invalid'],
    },
  },
  answerAppealAction: {
    permission: 'reports:work',
    valid: () => ({ appealId: randomUUID(), version: 1, answer: 'upheld', text: 'It stands', notify: 'en' }),
    wrong: {
      ...wrongVersion,
      'an answer that is none': [{ answer: 'open' }, 'answer', 'required'],
      'no end of what is shortened': [{ answer: 'shortened' }, 'end', 'required'],
      'a text with places': [{ text: '{until}' }, 'text', 'invalid'],
      'a text of 201 characters': [{ text: 'x'.repeat(201) }, 'text', 'too_long'],
    },
  },
  sweepReporterAction: {
    permission: 'reports:lead',
    valid: ({ connection, userId }) => ({ connection, reporterId: userId }),
    wrong: {
      'no reporter': [{ reporterId: '' }, 'reporterId', 'required'],
      'a mute of a reporter for two days': [{ muteDays: 2 }, 'muteDays', 'invalid'],
    },
  },
  liftReportMuteAction: {
    permission: 'reports:lead',
    valid: () => ({ reportMuteId: randomUUID() }),
    wrong: { 'a mute that is no id': [{ reportMuteId: '1' }, 'reportMuteId', 'invalid'] },
  },
  setReportPoliciesAction: {
    permission: 'settings:write',
    valid: () => ({ policies: defaultReportPolicies, version: 0 }),
    wrong: {
      'a category less': [
        { policies: { ...defaultReportPolicies, spam: undefined } },
        'policies.spam',
        'invalid',
      ],
      'an empty ladder': [
        { policies: { ...defaultReportPolicies, spam: { ...defaultReportPolicies.spam, ladder: [] } } },
        'policies.spam.ladder',
        'required',
      ],
    },
  },
  setNoticeTemplatesAction: {
    permission: 'settings:write',
    valid: () => ({ templates: defaultNoticeTemplates, version: 0 }),
    wrong: {
      'a template without its places': [withWarning('Stop it'), 'templates.texts.warning.en', 'required'],
      'a place that there is not': [
        withWarning('{reason} {appeal} {name}'),
        'templates.texts.warning.en',
        'invalid',
      ],
      'a template of 301 characters': [
        withWarning(`{reason}{appeal}${'x'.repeat(285)}`),
        'templates.texts.warning.en',
        'too_long',
      ],
    },
  },
  restoreSettingAction: {
    permission: 'settings:write',
    valid: () => ({ key: 'bulk-approval-above', restored: 0, version: 0 }),
    wrong: {
      'a setting that there is not': [{ key: 'roles' }, 'key', 'invalid'],
      'a version to come back that is below zero': [{ restored: -1 }, 'restored', 'invalid'],
      'a version as text': [{ version: '0' }, 'version', 'invalid'],
    },
  },
}

function withWarning(en: string) {
  const { texts, appeal } = defaultNoticeTemplates
  return { templates: { texts: { ...texts, warning: { ...texts.warning, en } }, appeal } }
}
