import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { ConnectionInfo, Context } from '@/lib/context'
import { type NoticeWebhooks, noticeWebhooks } from './webhook'

/** Where the messages of a connection go: to the server at `host`, or (null) out by the provider. */
type NoticeWay = ConnectionInfo & { host: string | null }

/** Where messages to people go, by connection; of an address the host alone. Throws `FORBIDDEN`. */
export function listNoticeWays(
  { connections }: Pick<Context, 'connections'>,
  actor: Actor,
  webhooks: NoticeWebhooks = noticeWebhooks(),
): NoticeWay[] {
  requirePermission(actor, 'settings:write')
  return connections.map(({ key, name, provider }) => {
    const webhook = webhooks.get(key)
    return { key, name, provider, host: webhook ? new URL(webhook.url).host : null }
  })
}
