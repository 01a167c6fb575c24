import { randomUUID } from 'node:crypto'
import type { ActionCase } from './action-cases'
import { wrongAccount } from './wrong-inputs'

/** The server actions that say which accounts belong to one person. */
export const linkActionCases: Record<string, ActionCase> = {
  linkAccountsAction: {
    permission: 'reports:work',
    valid: ({ connection, userId }) => ({
      ...{ connection, userId, otherConnection: 'sg', otherUserId: 'host' },
      reason: 'The same phone',
    }),
    wrong: {
      ...wrongAccount,
      'another connection that is a path': [{ otherConnection: '../sg' }, 'otherConnection', 'invalid'],
      'no other id': [{ otherUserId: undefined }, 'otherUserId', 'invalid'],
      'another id of 33 bytes': [{ otherUserId: 'x'.repeat(33) }, 'otherUserId', 'too_many_bytes'],
      'an account with itself': [
        { connection: 'sg', userId: 'host', otherUserId: 'host' },
        'otherUserId',
        'same_account',
      ],
      'no reason': [{ reason: ' \n ' }, 'reason', 'required'],
      'a reason of 201 characters': [{ reason: 'x'.repeat(201) }, 'reason', 'too_long'],
      'a reason with control characters': [{ reason: 'a\u001b[31m' }, 'reason', 'control_characters'],
      'somebody else who says so': [{ linkedBy: randomUUID() }, 'input', 'invalid'],
    },
  },
  unlinkAccountsAction: {
    permission: 'reports:work',
    valid: () => ({ linkId: randomUUID() }),
    wrong: {
      'no link': [{ linkId: null }, 'linkId', 'invalid'],
      'a link that is no id': [{ linkId: '../../etc/passwd' }, 'linkId', 'invalid'],
    },
  },
}
