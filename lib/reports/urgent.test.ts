import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq, gte, sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { auditEvents, casePages, cases } from '@/lib/db/schema'
import { getReportPolicies } from '@/lib/settings/report-policies'
import { setReportPolicies } from '@/lib/settings/set-report-policies'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { startIntakeStage } from '@/lib/testing/intake-stage'
import { addActor } from '@/lib/testing/moderators'
import { claimCase } from './claim'
import { listInquiries } from './list-inquiries'
import { sendDuePages } from './send-due-pages'
import { triageCase } from './triage'
import { signDelivery } from './webhook-sign'

const secret = 'between the two of us'
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** The server of whoever is on duty: answers one call after the other as told, and the rest by 204. */
async function startReceiver(...statuses: number[]) {
  const calls: { body: unknown; id: string; isSigned: boolean }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    const { headers } = request
    const signature = signDelivery(secret, Number(headers['hushdesk-timestamp']), text)
    calls.push({
      body: JSON.parse(text),
      id: String(headers['hushdesk-delivery']),
      isSigned: headers['hushdesk-signature'] === `sha256=${signature}`,
    })
    response.writeHead(statuses.shift() ?? 204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  const { port } = server.address() as AddressInfo
  return { calls, webhooks: new Map([['sg', { url: `http://127.0.0.1:${port}/in`, secret }]]) }
}

describeOnBothDatabases('an urgent case', (freshDb) => {
  async function begin(...statuses: number[]) {
    const stage = await startIntakeStage(await freshDb())
    closing.push(stage.world.close)
    const receiver = await startReceiver(...statuses)
    const { db, context } = stage
    return {
      ...stage,
      ...receiver,
      /** lets the time of the next attempt come, and makes it */
      async call(webhooks: typeof receiver.webhooks = receiver.webhooks) {
        await db.update(casePages).set({ sendAfter: 0 })
        await sendDuePages(context, webhooks, 'https://mod.example.com')
        return db.select().from(casePages)
      },
      events: async () => {
        const all = await db.select().from(auditEvents).orderBy(auditEvents.seq)
        return all.flatMap(({ type }) => (/^case\.(urgent|pag)/.test(type) ? [type] : []))
      },
    }
  }

  test('calls the webhook of its connection, signed and once, however many report it', async () => {
    const { db, file, call, calls, events } = await begin()
    const spam = await file()
    expect(await call()).toEqual([])
    const one = await file({ category: 'threat_to_life', reporterId: 'bob' })
    expect(one.caseId).toBe(spam.caseId)
    await file({ category: 'threat_to_life', reporterId: 'cho' })
    expect(await call()).toMatchObject([{ status: 'sent', attempts: 1 }])
    await call()
    expect(calls).toMatchObject([
      {
        isSigned: true,
        body: {
          ...{ id: calls[0]?.id, kind: 'case.urgent', connection: 'sg', userId: 'lin88' },
          ...{ category: 'threat_to_life', caseNumber: one.caseNumber, urgentAt: expect.any(Number) },
          url: `https://mod.example.com/reports/${one.caseId}`,
        },
      },
    ])
    expect(JSON.stringify(calls)).not.toContain('Three links')
    expect(await events()).toEqual(['case.urgent', 'case.paged'])
    expect(await db.$count(cases)).toBe(1)
  })

  test('is called about again under the same id until there is an answer, and given up after a day', async () => {
    const { db, file, call, calls, events } = await begin(503, 500, 503)
    await file({ category: 'threat_to_life' })
    expect(await call()).toMatchObject([{ status: 'held', attempts: 1 }])
    expect(await call()).toMatchObject([{ status: 'held', attempts: 2 }])
    await db.update(casePages).set({ attempts: sql`150` })
    expect(await call()).toMatchObject([{ status: 'failed', failure: { effect: 'unknown' } }])
    expect(new Set(calls.map(({ id }) => id)).size).toBe(1)
    expect(calls).toHaveLength(3)
    expect(await events()).toEqual(['case.urgent', 'case.paging_failed'])
    await call()
    expect(calls).toHaveLength(3)
  })

  test('is taken up by another process when the one that called is gone', async () => {
    const { db, file, call, calls } = await begin()
    await file({ category: 'threat_to_life' })
    await db.update(casePages).set({ status: 'sending', attempts: 1 })
    expect(await call()).toMatchObject([{ status: 'sent', attempts: 2 }])
    expect(calls).toHaveLength(1)
  })

  test('is what leads say, by a flag of each category; without a webhook nobody is called', async () => {
    const { db, context, actor, file, call, calls } = await begin()
    const lead = await addActor(db, 'lead')
    const { policies } = await getReportPolicies(context, lead)
    const ours = {
      ...policies,
      threat_to_life: { ...policies.threat_to_life, isUrgent: false },
      spam: { ...policies.spam, isUrgent: true },
    }
    await setReportPolicies(context, lead, { policies: ours, version: 0 })
    await file({ category: 'threat_to_life', accusedId: 'other' })
    expect((await listInquiries(context, actor)).urgent).toBeNull()
    const { caseId } = await file()
    expect(await call(new Map())).toMatchObject([{ status: 'cancelled', caseId }])
    await call()
    expect(calls).toEqual([])
    const jumped = await db.select().from(cases).where(gte(cases.priority, 100_000))
    expect(jumped).toMatchObject([{ id: caseId, priorityWhy: [{ kind: 'jump', value: 1 }, {}, {}] }])
  })

  test('is told to everybody who works on cases until somebody has it, or finds it none', async () => {
    const { db, context, actor, file } = await begin()
    const { caseId, caseNumber } = await file()
    const seen = async () => (await listInquiries(context, actor)).urgent
    expect(await seen()).toBeNull()
    const write = async () => {
      const [row] = await db.select().from(cases).where(eq(cases.id, caseId))
      return { caseId, version: row?.version ?? 0 }
    }
    await triageCase(context, actor, { ...(await write()), category: 'threat_to_life' })
    expect(await seen()).toEqual({ id: caseId, number: caseNumber, count: 1 })
    const pages = await db.select().from(casePages)
    await triageCase(context, actor, { ...(await write()), category: 'spam' })
    expect(await seen()).toBeNull()
    await triageCase(context, actor, { ...(await write()), category: 'threat_to_life' })
    expect(pages).toHaveLength(1)
    expect(await db.select().from(casePages)).toEqual(pages)
    // What is reported anew is called about anew.
    await triageCase(context, actor, { ...(await write()), category: 'spam' })
    await db.update(casePages).set({ status: 'sent', attempts: 3 })
    await file({ category: 'threat_to_life', reporterId: 'bob' })
    const [anew] = await db.select().from(casePages)
    expect(anew).toMatchObject({ caseId, status: 'held', attempts: 0, sentAt: null })
    expect(anew?.id).not.toBe(pages[0]?.id)
    await claimCase(context, actor, await write())
    expect(await seen()).toBeNull()
  })
})
