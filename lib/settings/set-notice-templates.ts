import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { replaceSetting } from './internal'
import type { SetNoticeTemplatesInput } from './report-schemas'

/**
 * Replaces what people in chats are told; messages that are made already keep their text. Throws `FORBIDDEN`, and
 * `SETTINGS_CHANGED` with who and when if they are no longer the version that was seen.
 */
export async function setNoticeTemplates(
  { db }: Pick<Context, 'db'>,
  actor: Actor,
  { templates, version }: SetNoticeTemplatesInput,
): Promise<{ version: number }> {
  requirePermission(actor, 'settings:write')
  return replaceSetting(db, actor, { key: 'notice-templates', value: templates, version })
}
