import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { Agent, request } from 'undici'
import { addApiKey } from '../../lib/auth/add-api-key'
import { cases, moderators, reports } from '../../lib/db/schema'
import { startDemo } from '../demo/start'
import { openBenchServer } from './database'
import { type Findings, percentile } from './report'

const perSecond = 200
const seconds = 60
const warmUp = 50
const barMs = 250
/** As a customer's backend keeps them open; a report that finds none free waits, and its time runs. */
const connections = 64

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
    const dispatcher = new Agent({ connections })
    /** 0: no answer */
    const send = async (number: number): Promise<number> => {
      try {
        const { statusCode, body } = await request(`${demo.consoleUrl}/api/v1/reports`, {
          dispatcher,
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
        await body.dump()
        return statusCode
      } catch {
        return 0
      }
    }
    for (let number = 0; number < warmUp; number += 1) await send(number)
    const total = perSecond * seconds
    const startedAt = performance.now()
    const answers = await Promise.all(
      Array.from({ length: total }, async (_, number) => {
        const dueAt = startedAt + (number / perSecond) * 1_000
        await delay(Math.max(0, dueAt - performance.now()))
        const status = await send(number)
        return { status, ms: performance.now() - dueAt }
      }),
    )
    const times = answers.map(({ ms }) => ms)
    const filed = answers.filter(({ status }) => status === 202).length
    // With the fifty that warmed it up; what got no answer may be on record too.
    const lost = Math.max(0, filed + warmUp - ((await db.$count(reports)) - before))
    const work = `a report filed over HTTP, ${perSecond}/s for ${seconds} s, PostgreSQL`
    return {
      rows: [
        { work: `${work}, p50`, value: percentile(times, 0.5), unit: 'ms', bar: null },
        { work: `${work}, p99`, value: percentile(times, 0.99), unit: 'ms', bar: barMs },
        { work: 'reports acknowledged and not on record', value: lost, unit: 'calls', bar: 0 },
      ],
      notes: [
        `${total - filed} of ${total} refused or unanswered; ${await db.$count(cases)} cases`,
        `the slowest ${Math.max(...times).toFixed(0)} ms`,
      ],
    }
  } finally {
    await demo.stop()
    await database.close()
  }
}
