import { randomUUID } from 'node:crypto'
import type { ActionCase } from './action-cases'

/** The server actions of taking reports in. */
export const reportActionCases: Record<string, ActionCase> = {
  fileReportAction: {
    permission: 'reports:file',
    valid: ({ connection, userId }) => ({
      idempotencyKey: randomUUID(),
      connection,
      accusedId: userId,
      category: 'spam',
      reporterId: 'host',
    }),
    wrong: {
      'a key that is none': [{ idempotencyKey: 'x' }, 'idempotencyKey', 'invalid'],
      'somebody who accuses themselves': [{ accusedId: 'host' }, 'reporterId', 'is_accused'],
      'a text of 200 kB': [{ text: 'x'.repeat(200_000) }, 'text', 'too_long'],
      'a category that is none': [{ category: 'rude' }, 'category', 'required'],
    },
  },
}
