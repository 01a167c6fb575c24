import { randomUUID } from 'node:crypto'
import type { ActionCase, Target } from './action-cases'

const wrongCase: ActionCase['wrong'] = {
  'no case': [{ caseId: undefined }, 'caseId', 'invalid'],
  'a case that is no id': [{ caseId: '../../etc/passwd' }, 'caseId', 'invalid'],
}

const wrongVersion: ActionCase['wrong'] = {
  'a version of 0': [{ version: 0 }, 'version', 'invalid'],
  'a version as text': [{ version: '1' }, 'version', 'invalid'],
}

const wrongToken: ActionCase['wrong'] = {
  'a claim that is no id': [{ claimToken: "' or 1=1 --" }, 'claimToken', 'invalid'],
}

const wrongNote: ActionCase['wrong'] = {
  'an empty note': [{ note: ' \n' }, 'note', 'required'],
  'a note of 4 001 characters': [{ note: 'x'.repeat(4_001) }, 'note', 'too_long'],
}

/** What every change of a case says. */
const write = ({ commandId }: Target) => ({ caseId: commandId, version: 1 })
const inHand = (target: Target) => ({ ...write(target), claimToken: randomUUID() })

/** The server actions on cases, by exported name. */
export const caseActionCases: Record<string, ActionCase> = {
  claimCaseAction: {
    permission: 'reports:work',
    valid: write,
    wrong: {
      ...wrongCase,
      ...wrongVersion,
      'taking over as text': [{ takeOver: 'yes' }, 'takeOver', 'invalid'],
    },
  },
  claimNextCaseAction: {
    permission: 'reports:work',
    valid: () => ({ except: null }),
    wrong: {
      'a category that there is not': [{ category: 'constructor' }, 'category', 'invalid'],
      'a connection that is a path': [{ connection: '../sg' }, 'connection', 'invalid'],
      'an exception that is no id': [{ except: '' }, 'except', 'invalid'],
    },
  },
  renewClaimAction: {
    permission: 'reports:work',
    valid: ({ commandId }) => ({ caseId: commandId, claimToken: randomUUID() }),
    wrong: { ...wrongCase, ...wrongToken },
  },
  releaseClaimAction: {
    permission: 'reports:work',
    valid: inHand,
    wrong: {
      ...wrongCase,
      ...wrongVersion,
      ...wrongToken,
      'no claim': [{ claimToken: undefined }, 'claimToken', 'invalid'],
    },
  },
  holdCaseAction: {
    permission: 'reports:work',
    valid: (target) => ({ ...inHand(target), seconds: 7_200 }),
    wrong: {
      ...wrongCase,
      ...wrongVersion,
      ...wrongToken,
      'a hold of 59 s': [{ seconds: 59 }, 'seconds', 'not_positive'],
      'a hold of more than a week': [{ seconds: 604_801 }, 'seconds', 'beyond_maximum'],
      'a hold as text': [{ seconds: '60' }, 'seconds', 'invalid'],
    },
  },
  handOverCaseAction: {
    permission: 'reports:work',
    valid: (target) => ({ ...inHand(target), to: randomUUID(), note: 'You know them' }),
    wrong: {
      ...wrongCase,
      ...wrongVersion,
      ...wrongToken,
      ...wrongNote,
      'to nobody': [{ to: '' }, 'to', 'invalid'],
    },
  },
  escalateCaseAction: {
    permission: 'reports:work',
    valid: (target) => ({ ...inHand(target), note: 'They threaten to sue' }),
    wrong: {
      ...wrongCase,
      ...wrongVersion,
      ...wrongToken,
      ...wrongNote,
      'no claim': [{ claimToken: undefined }, 'claimToken', 'invalid'],
    },
  },
  sendBackCaseAction: {
    permission: 'reports:lead',
    valid: (target) => ({ ...inHand(target), note: 'Decide it by the policy' }),
    wrong: { ...wrongCase, ...wrongVersion, ...wrongToken, ...wrongNote },
  },
  triageCaseAction: {
    permission: 'reports:work',
    valid: (target) => ({ ...inHand(target), category: 'spam' }),
    wrong: {
      ...wrongCase,
      ...wrongVersion,
      ...wrongToken,
      'a category of the prototype': [{ category: 'constructor' }, 'category', 'invalid'],
    },
  },
  writeNoteAction: {
    permission: 'reports:work',
    valid: ({ commandId }) => ({ about: { caseId: commandId }, text: 'Knows the rules', isSticky: false }),
    wrong: {
      'an empty text': [{ text: ' ' }, 'text', 'required'],
      'a text of 4 001 characters': [{ text: 'x'.repeat(4_001) }, 'text', 'too_long'],
      'about nothing': [{ about: {} }, 'about', 'invalid'],
      'about a path': [{ about: { connection: '../sg', userId: 'a' } }, 'about.connection', 'invalid'],
      'sticky as text': [{ isSticky: 'no' }, 'isSticky', 'invalid'],
    },
  },
  recheckEvidenceAction: {
    permission: 'reports:read',
    valid: ({ commandId }) => ({ caseId: commandId }),
    wrong: wrongCase,
  },
  seeCaseAction: {
    permission: 'reports:read',
    valid: ({ commandId }) => ({ caseId: commandId, isTyping: false }),
    wrong: { ...wrongCase, 'typing as a number': [{ isTyping: 1 }, 'isTyping', 'invalid'] },
  },
}
