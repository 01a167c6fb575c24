import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { addApiKey } from '../../lib/auth/add-api-key'
import { cases, moderators, reports } from '../../lib/db/schema'
import { startDemo } from '../demo/start'
import { openBenchServer } from './database'
import { type Findings, percentile } from './report'

const perSecond = 200
const seconds = 60
const barMs = 250

/**
 * Reports at a steady pace over HTTP to a console on PostgreSQL, whether or not the answers keep up: half of them on one
 * account, as in a flood. Each is timed from the moment at which it should have been sent.
 */
export async function measureIntake(): Promise<Findings> {
  const database = await openBenchServer()
  const demo = await startDemo({
    ...{ isEphemeral: true, port: 0, data: 'empty' },
    env: { DATABASE_URL: database.url ?? '' },
  })
  try {
    const { db } = database
    const admin = (await db.select().from(moderators)).find(({ role }) => role === 'admin')
    if (!admin) throw new Error('the demo has no administrator')
    const { secret } = await addApiKey(
      { db },
      { ...admin, sessionId: null },
      { name: 'Bench', email: admin.email, scopes: ['reports:write'] },
    )
    const before = await db.$count(reports)
    const send = async (number: number) => {
      const response = await fetch(`${demo.consoleUrl}/api/v1/reports`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
          authorization: `Bearer ${secret}`,
        },
        body: JSON.stringify({
          ...{ connection: 'sg', groupId: 'party', category: 'spam', text: 'Three links in a minute' },
          accusedId: number % 2 ? 'flooded' : `accused_${number % 2_000}`,
          reporterId: `reporter_${number % 5_000}`,
        }),
      })
      await response.text()
      return response.status
    }
    for (let number = 0; number < 50; number += 1) await send(number)
    const total = perSecond * seconds
    const startedAt = performance.now()
    const answers = await Promise.all(
      Array.from({ length: total }, async (_, number) => {
        const dueAt = startedAt + (number / perSecond) * 1_000
        await delay(dueAt - performance.now())
        const status = await send(number)
        return { status, ms: performance.now() - dueAt }
      }),
    )
    const times = answers.map(({ ms }) => ms)
    const refused = answers.filter(({ status }) => status !== 202).length
    const work = `a report filed over HTTP, ${perSecond}/s for ${seconds} s, PostgreSQL`
    return {
      rows: [
        { work: `${work}, p50`, value: percentile(times, 0.5), unit: 'ms', bar: null },
        { work: `${work}, p99`, value: percentile(times, 0.99), unit: 'ms', bar: barMs },
        {
          work: 'reports sent and not on record',
          value: lost(total, refused, (await db.$count(reports)) - before),
          unit: 'calls',
          bar: 0,
        },
      ],
      notes: [
        `${refused} of ${total} refused; ${await db.$count(cases)} cases`,
        `the slowest ${Math.max(...times).toFixed(0)} ms`,
      ],
    }
  } finally {
    await demo.stop()
    await database.close()
  }
}

/** Of those that were not refused; the fifty that warm it up are on record too. */
function lost(sent: number, refused: number, found: number): number {
  return sent - refused - (found - 50)
}
