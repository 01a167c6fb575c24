import { setTimeout as delay } from 'node:timers/promises'
import { openServer } from '@/lib/db/open'
import { takeIn } from '@/lib/reports/take-in'

/** Where the database is, and the number of the first report. */
export type ReportWriterArgs = [databaseUrl: string, from: string]

/**
 * Files reports one after the other, in a process of its own that a test kills: `report-writer.ts URL FROM`. Says the
 * number of each, from FROM on, once it is on record; the first is one that the process before may have filed.
 */
const [databaseUrl = '', from = '0'] = process.argv.slice(2) as Partial<ReportWriterArgs>
const { db } = await openServer(databaseUrl)
// Whoever started it is gone.
process.stdin.resume().once('end', () => process.exit(1))
for (let number = Number(from); ; number += 1) {
  await takeIn(db, null, {
    ...{ connection: 'sg', source: 'tencent', accusedId: `a${number % 3}`, reporterId: `r${number % 7}` },
    ...{ groupId: 'party', topicId: '', peerId: '', category: 'spam', text: '', language: '' },
    ...{ messageIds: [], clientTime: null, idempotencyKey: String(number), inputHash: '' },
  })
  process.stdout.write(`${number}\n`)
  await delay(1)
}
