import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq } from 'drizzle-orm'
import { afterEach, expect, test, vi } from 'vitest'
import { auditEvents, notices } from '@/lib/db/schema'
import { decisionOf, startDecisionStage } from '@/lib/testing/decision-stage'
import { describeOnBothDatabases, type FreshDb } from '@/lib/testing/fresh-db'
import { decideCase } from './decide'
import { listNoticeWays } from './list-notice-ways'
import { webhookAttempts } from './notice-attempts'
import { sendDueNotices } from './send-due-notices'
import { undoDecision } from './undo-decision'

const secret = 'between the two of us'
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  vi.restoreAllMocks()
  for (const close of closing.splice(0)) await close()
})

type Call = { url: string; delivery: string; body: Buffer; isSigned: boolean }
type Answer = (response: ServerResponse) => void
const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(code, headers).end()

/** A customer's server as the README says it; answers one call after the other as told, and the rest by 204. */
async function startReceiver(...answers: Answer[]) {
  const calls: Call[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    calls.push(read(request, Buffer.concat(chunks)))
    const answer = answers.shift() ?? status(204)
    answer(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  closing.push(close)
  return { calls, close, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

function read({ headers, url = '' }: IncomingMessage, body: Buffer): Call {
  const timestamp = String(headers['hushdesk-timestamp'])
  const mac = createHmac('sha256', secret).update(timestamp).update('.').update(body).digest('hex')
  const sent = Buffer.from(String(headers['hushdesk-signature']))
  const right = Buffer.from(`sha256=${mac}`)
  const isSigned = sent.length === right.length && timingSafeEqual(sent, right)
  const isRecent = Math.abs(Date.now() / 1_000 - Number(timestamp)) < 300
  return { url, delivery: String(headers['hushdesk-delivery']), body, isSigned: isSigned && isRecent }
}

/** A warning that is due, of a connection whose messages go to the receiver. */
async function startNotice(freshDb: FreshDb, { origin }: { origin: string }, deadlineMs = 30_000) {
  const db = await freshDb()
  const stage = await startDecisionStage(db)
  closing.push(stage.world.close)
  const { world, actor, control } = stage
  const input = decisionOf(stage.case.id, { notify: { accused: 'ja', reporters: false } })
  const decision = await decideCase(world.context, actor, input)
  const webhooks = new Map([['sg', { url: `${origin}/in?key=of-the-address`, secret, deadlineMs }]])
  return {
    ...stage,
    decision,
    webhooks,
    undo: () => undoDecision(world.context, actor, { decisionId: decision.id }),
    /** lets the time of the next attempt come, and makes it */
    async send(to: typeof webhooks | undefined = webhooks) {
      await db.update(notices).set({ sendAfter: 0 })
      await sendDueNotices(world.context, to)
      const [notice] = await db.select().from(notices)
      expect(await control.deliveries()).toEqual([])
      if (!notice) throw new Error('there is no message')
      return notice
    },
    ended: async () =>
      (await db.select().from(auditEvents).where(eq(auditEvents.userId, stage.accusedId)))
        .filter(({ type }) => type.startsWith('notice.'))
        .map(({ type, data }) => ({ type, data })),
  }
}

describeOnBothDatabases('a message by webhook', (freshDb) => {
  test('the receiver gets a signed message of its own connection, and nobody writes the secrets down', async () => {
    const lines = vi.spyOn(process.stdout, 'write')
    const receiver = await startReceiver()
    const { send, accusedId, decision, ended, ...stage } = await startNotice(freshDb, receiver)
    const notice = await send()
    expect(notice).toMatchObject({ status: 'sent', sentAt: expect.any(Number), failure: null })
    expect(receiver.calls).toMatchObject([{ isSigned: true, delivery: notice.id }])
    expect(JSON.parse(String(receiver.calls[0]?.body))).toEqual({
      id: notice.id,
      kind: 'warning',
      connection: 'sg',
      userId: accusedId,
      language: 'ja',
      text: notice.text,
      caseNumber: stage.case.number,
      decidedAt: decision.decidedAt,
    })
    const [sg, zim] = listNoticeWays(stage.world.context, stage.lead, stage.webhooks)
    expect([sg?.host, zim?.host]).toEqual([receiver.origin.slice('http://'.length), null])
    expect(() => listNoticeWays(stage.world.context, stage.actor, stage.webhooks)).toThrow('FORBIDDEN')
    const events = await ended()
    expect(events).toMatchObject([{ type: 'notice.sent', data: { way: 'webhook', kind: 'warning' } }])
    const written = JSON.stringify([events, sg, lines.mock.calls])
    for (const hidden of [secret, 'of-the-address']) expect(written).not.toContain(hidden)
  })

  test('a failure is repeated under the same id with the same body, and an undo comes too late for it', async () => {
    const receiver = await startReceiver(status(500))
    const { send, undo } = await startNotice(freshDb, receiver)
    expect(await send()).toMatchObject({ status: 'sending', attempts: 1 })
    expect((await undo()).notices).toEqual({ sending: 1 })
    expect(await send()).toMatchObject({ status: 'sent', attempts: 2, failure: null })
    const [first, second] = receiver.calls
    expect(receiver.calls).toHaveLength(2)
    expect(second).toEqual({ ...first, isSigned: true })
  })

  test('410 is the last word; after an attempt that may have arrived it is said so', async () => {
    const receiver = await startReceiver(status(410), status(503), status(410))
    const { send, db, ended } = await startNotice(freshDb, receiver)
    const refused = { kind: 'refused', providerCode: 410 }
    expect(await send()).toMatchObject({ status: 'failed', failure: { effect: 'none', failure: refused } })
    await send()
    expect(receiver.calls).toHaveLength(1)
    await db.update(notices).set({ status: 'held', failure: null })
    await send()
    expect(await send()).toMatchObject({ status: 'failed', failure: { effect: 'unknown', failure: refused } })
    expect(await ended()).toMatchObject([
      { type: 'notice.failed', data: { way: 'webhook', effect: 'none', failure: refused } },
      { type: 'notice.failed', data: { effect: 'unknown' } },
    ])
  })

  test('a redirect is not followed, and not for ever asked again', async () => {
    const other = await startReceiver()
    const moved = status(307, { location: `${other.origin}/in` })
    const receiver = await startReceiver(moved, moved)
    const { send, db } = await startNotice(freshDb, receiver)
    expect(await send()).toMatchObject({ status: 'sending' })
    await db.update(notices).set({ attempts: webhookAttempts - 1 })
    expect(await send()).toMatchObject({
      status: 'failed',
      failure: { effect: 'unknown', failure: { kind: 'http_error', providerCode: 307 } },
    })
    await send()
    expect([receiver.calls.length, other.calls.length]).toEqual([2, 0])
  })

  test('one that never answers is given up at the deadline; of an answer that is too long the status counts', async () => {
    let written = 0
    const long: Answer = (response) => {
      const more = () => {
        while (written < 64 * 2 ** 20 && !response.destroyed) {
          written += 65_536
          if (!response.write(Buffer.alloc(65_536))) return
        }
        response.end()
      }
      response.writeHead(202).on('drain', more)
      more()
    }
    const receiver = await startReceiver(() => undefined)
    const { send } = await startNotice(freshDb, receiver, 1_500)
    expect(await send()).toMatchObject({ status: 'sending', failure: { failure: { kind: 'timeout' } } })
    const other = await startReceiver(long)
    const patient = new Map([['sg', { url: other.origin, secret, deadlineMs: 30_000 }]])
    expect(await send(patient)).toMatchObject({ status: 'sent' })
    // What lies in the sockets' buffers was written and not read.
    expect(written).toBeLessThan(32 * 2 ** 20)
  })

  test('what never left is held again and can be taken back; a later attempt asks by 429 for another', async () => {
    const receiver = await startReceiver(status(429))
    const { send, undo } = await startNotice(freshDb, receiver)
    expect(await send()).toMatchObject({ status: 'held', failure: null })
    await receiver.close()
    expect(await send()).toMatchObject({ status: 'held', attempts: 2 })
    expect((await undo()).notices).toEqual({ cancelled: 1 })
  })

  test('one over which a process died goes out again; without a webhook any more it may have arrived', async () => {
    const receiver = await startReceiver(status(500))
    const { send, db } = await startNotice(freshDb, receiver)
    await db.update(notices).set({ status: 'sending', attempts: 1 })
    expect(await send()).toMatchObject({ status: 'sending', attempts: 2 })
    expect(await send(new Map())).toMatchObject({ status: 'failed', failure: { effect: 'unknown' } })
    expect(receiver.calls).toHaveLength(1)
  })
})
