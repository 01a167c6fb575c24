import 'server-only'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { wake, wakeWhenDue } from '@/lib/jobs/boss'
import { errorFields, log } from '@/lib/log'
import { interactive } from '@/lib/mutes/internal'
import { ProviderError, providerFailure } from '@/lib/provider/errors'
import { concludeNotice, giveUpLost } from './conclude-notice'
import { pauseAfter, providerAttempts, webhookAttempts } from './notice-attempts'
import { type NoticeOutcome, sendByWebhook } from './send-by-webhook'
import { type DueNotice, noticesAtOnce, takeDueNotices } from './take-due-notices'
import type { NoticeWebhooks } from './webhook'

/**
 * Sends the messages whose time has come, of each connection by itself. Those of a connection with a webhook are handed
 * to it, under one id however often. The provider's own are sent at most once: one whose answer was lost, or whose
 * process died over it, is `failed` with an effect that is unknown. What may be sent again is, after pauses that grow.
 * Returns how many were at hand. `stop`: nothing new is begun.
 */
export async function sendDueNotices(
  context: Context,
  webhooks: NoticeWebhooks = new Map(),
  stop?: AbortSignal,
): Promise<number> {
  await giveUpLost(context.db, webhooks)
  const lanes = context.connections.map(({ key }) => workOff(context, webhooks, key, stop))
  return (await Promise.all(lanes)).reduce((total, count) => total + count, 0)
}

async function workOff(
  context: Context,
  webhooks: NoticeWebhooks,
  connection: string,
  stop: AbortSignal | undefined,
): Promise<number> {
  let total = 0
  while (!stop?.aborted) {
    const taken = await takeDueNotices(context.db, connection, webhooks.has(connection))
    total += taken.length
    const statuses = await Promise.all(taken.map((notice) => work(context, webhooks, notice)))
    const again = taken.filter((_, index) => statuses[index] === 'retry')
    const pauses = new Set(again.map(({ attempts }) => pauseAfter(attempts)))
    for (const seconds of pauses) await wakeWhenDue('send-notices', seconds)
    if (taken.length < noticesAtOnce) return total
    if (again.length === taken.length) {
      // Nobody is there. In between the others' new messages have a turn.
      await wake('send-notices')
      return total
    }
  }
  return total
}

/** What becomes of one message is nothing to the others. `lost`: its lease will end it. */
async function work(
  context: Context,
  webhooks: NoticeWebhooks,
  notice: DueNotice,
): Promise<NoticeOutcome['status'] | 'lost'> {
  try {
    const outcome = await send(context, webhooks, notice)
    await concludeNotice(context.db, webhooks, notice, outcome)
    return outcome.status
  } catch (error) {
    log.error(
      { notice: notice.id, connection: notice.connection, ...errorFields(error) },
      'sending a message',
    )
    return 'lost'
  }
}

async function send(context: Context, webhooks: NoticeWebhooks, notice: DueNotice): Promise<NoticeOutcome> {
  const webhook = webhooks.get(notice.connection)
  const outcome = webhook
    ? await sendByWebhook(context.clock, webhook, notice)
    : await sendByProvider(context, notice)
  const most = webhook ? webhookAttempts : providerAttempts
  if (outcome.status !== 'retry' || notice.attempts < most) return outcome
  return { ...outcome, status: 'failed' }
}

async function sendByProvider(context: Context, notice: DueNotice): Promise<NoticeOutcome> {
  try {
    const provider = context.provider(notice.connection)
    const options = { ...interactive(), priority: 'bulk' } as const
    await provider.sendMessage(notice.userId, notice.text, options)
    return { status: 'sent' }
  } catch (error) {
    if (error instanceof AppError || error instanceof RangeError)
      return { status: 'failed', failure: { effect: 'none', failure: { kind: 'refused' } } }
    if (!(error instanceof ProviderError)) throw error
    const { effect, retryable } = error.options
    const mayTryAgain = effect === 'none' && (retryable || error.kind === 'cancelled')
    return {
      status: mayTryAgain ? 'retry' : 'failed',
      failure: { effect, failure: providerFailure(error) },
    }
  }
}
