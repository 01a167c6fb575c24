import { createServer } from 'node:http'
import { createServer as createTcpServer, type Server } from 'node:net'
import { eq, ne } from 'drizzle-orm'
import { expect, onTestFinished, test, vi } from 'vitest'
import { notices } from '@/lib/db/schema'
import { decisionOf, startDecisionStage } from '@/lib/testing/decision-stage'
import { describeOnBothDatabases, type FreshDb } from '@/lib/testing/fresh-db'
import { decideCase } from './decide'
import { pauseAfter, webhookAttempts } from './notice-attempts'
import { sendDueNotices } from './send-due-notices'
import { deliver } from './webhook'

const secret = 'between the two of us'

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('it listens on a port')
  return address.port
}

/** The two messages of a decision, both due: a warning to the accused and an answer to `rita`, by the provider. */
async function startNotices(freshDb: FreshDb) {
  const db = await freshDb()
  const stage = await startDecisionStage(db)
  onTestFinished(() => stage.world.close())
  await decideCase(stage.world.context, stage.actor, decisionOf(stage.case.id))
  await db.update(notices).set({ sendAfter: 0 })
  const statusOf = async (userId: string) =>
    (await db.select().from(notices).where(eq(notices.userId, userId))).at(0)?.status
  return { ...stage, db, context: stage.world.context, statusOf }
}

describeOnBothDatabases('messages of many', (freshDb) => {
  test('an error over one is nothing to the others', async () => {
    const { context, statusOf, accusedId } = await startNotices(freshDb)
    const provider = (key: string) => {
      const own = context.provider(key)
      const sendMessage: typeof own.sendMessage = async (userId, ...rest) => {
        if (userId === 'rita') throw new Error('nobody thought of this')
        await own.sendMessage(userId, ...rest)
      }
      return { ...own, sendMessage }
    }
    expect(await sendDueNotices({ ...context, provider })).toBe(2)
    expect([await statusOf(accusedId), await statusOf('rita')]).toEqual(['sent', 'sending'])
  })

  test('a receiver that fails holds up its own connection alone, and that only for its answers', async () => {
    const { db, case: own, context, statusOf, accusedId } = await startNotices(freshDb)
    const theirs = Array.from({ length: 21 }, (_, index) => ({
      ...{ id: crypto.randomUUID(), caseId: own.id, kind: 'reporter_answer' as const, connection: 'zim' },
      ...{ userId: `u${index}`, text: 'Thank you', sendAfter: -1 },
    }))
    await db.insert(notices).values(theirs)
    const ours = Promise.withResolvers<void>()
    const receiver = createServer((_request, response) => {
      void ours.promise.then(() => response.writeHead(500).end())
    })
    const url = `http://127.0.0.1:${await listen(receiver)}/`
    const webhooks = new Map([['zim', { url, secret, deadlineMs: 60_000 }]])
    const sending = sendDueNotices(context, webhooks)
    await vi.waitFor(async () => expect(await statusOf(accusedId)).toBe('sent'), 20_000)
    ours.resolve()
    expect(await sending).toBe(22)
    const waiting = await db.select().from(notices).where(ne(notices.connection, 'sg'))
    const attempts = waiting.map((notice) => notice.attempts).sort()
    expect(attempts).toEqual([0, ...Array.from({ length: 20 }, () => 1)])
  })

  test('none is begun after the job engine was told to end', async () => {
    const { context, statusOf } = await startNotices(freshDb)
    expect(await sendDueNotices(context, new Map(), AbortSignal.abort())).toBe(0)
    expect(await statusOf('rita')).toBe('held')
  })
})

test('the deadline counts while the connection is made', { timeout: 8_000 }, async () => {
  // It takes the connection and never says hello: undici itself waits ten seconds for that.
  const mute = createTcpServer((socket) => onTestFinished(() => void socket.destroy()))
  const port = await listen(mute)
  const delivery = {
    ...{
      id: 'a',
      kind: 'warning' as const,
      connection: 'sg',
      userId: 'lin88',
      language: 'en',
      text: 'Hello',
    },
    ...{ caseNumber: 1, decidedAt: null },
  }
  const webhook = { url: `https://127.0.0.1:${port}/`, secret, deadlineMs: 100 }
  expect(await deliver(webhook, delivery, 0)).toEqual({ kind: 'unreachable' })
})

test('a receiver may be down for most of a day, and is asked every ten minutes at least', () => {
  const pauses = Array.from({ length: webhookAttempts - 1 }, (_, index) => pauseAfter(index + 1))
  expect([pauses[0], Math.max(...pauses)]).toEqual([2, 600])
  expect(pauses.reduce((total, pause) => total + pause)).toBeGreaterThan(23 * 3_600)
})
