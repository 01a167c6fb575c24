import 'server-only'
import type { Context } from '@/lib/context'
import type { MuteFailure } from '@/lib/mutes/schemas'
import type { DueNotice } from './take-due-notices'
import { deliver, type NoticeWebhook, type WebhookAnswer } from './webhook'

export type NoticeFailure = { effect: 'none' | 'unknown'; failure: MuteFailure }
/** `failed`: for good; `retry`: the same message may be handed over again. */
export type NoticeOutcome = { status: 'sent' } | { status: 'failed' | 'retry'; failure: NoticeFailure }

/** Statuses by which a receiver asks for another try. */
const againStatuses = [408, 429]

/** Hands a message to the customer's server, under the message's own id: whoever gets it twice can tell. */
export async function sendByWebhook(
  clock: Context['clock'],
  webhook: NoticeWebhook,
  { id, kind, connection, userId, language, text, caseNumber, decidedAt }: DueNotice,
): Promise<NoticeOutcome> {
  const delivery = { id, kind, connection, userId, language, text, caseNumber, decidedAt }
  return judge(await deliver(webhook, delivery, clock.now()))
}

/** What an answer means for what was handed over. */
export function judge(answer: WebhookAnswer): NoticeOutcome {
  if (answer.kind === 'unreachable')
    return { status: 'retry', failure: { effect: 'none', failure: { kind: 'unreachable' } } }
  if (answer.kind !== 'answered')
    return { status: 'retry', failure: { effect: 'unknown', failure: { kind: answer.kind } } }
  const { status: providerCode } = answer
  if (providerCode >= 200 && providerCode < 300) return { status: 'sent' }
  if (providerCode < 400 || providerCode >= 500)
    return { status: 'retry', failure: { effect: 'unknown', failure: { kind: 'http_error', providerCode } } }
  const failure = { effect: 'none', failure: { kind: 'refused', providerCode } } as const
  return { status: againStatuses.includes(providerCode) ? 'retry' : 'failed', failure }
}
