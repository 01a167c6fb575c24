import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Db, Tx } from '@/lib/db'
import { findSetting, unchanged } from './internal'
import { defaultNoticeTemplates } from './report-defaults'
import type { NoticeTemplates } from './report-rules'
import { type NoticeTemplatesDto, noticeTemplatesSchema } from './report-schemas'

/** What people in chats are told, for the verbs that write to them. */
export async function findNoticeTemplates(db: Db | Tx): Promise<NoticeTemplates> {
  return (await read(db)).templates
}

/** The same for whoever may change them. Throws `FORBIDDEN`. */
export async function getNoticeTemplates(
  { db }: Pick<Context, 'db'>,
  actor: Actor,
): Promise<NoticeTemplatesDto> {
  requirePermission(actor, 'settings:write')
  return read(db)
}

async function read(db: Db | Tx): Promise<NoticeTemplatesDto> {
  const setting = await findSetting(db, 'notice-templates')
  if (!setting) return { templates: defaultNoticeTemplates, ...unchanged }
  return { templates: noticeTemplatesSchema.parse(setting.value), ...setting.state }
}
