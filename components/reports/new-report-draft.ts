import type { FileReportWish } from '@/lib/reports/report-schemas'
import type { ReportCategory } from '@/lib/reports/rules'

export const conversations = ['none', 'peer', 'group'] as const
export type ConversationKind = (typeof conversations)[number]

/** What a moderator has typed; fields of a conversation that is not chosen are kept and not sent. */
export type ReportDraft = {
  connection: string
  accusedId: string
  reporterId: string
  conversation: ConversationKind
  peerId: string
  groupId: string
  topicId: string
  messageIds: string
  category: ReportCategory | ''
  text: string
}

export function emptyDraft(accused: { connection: string; userId: string }): ReportDraft {
  return {
    connection: accused.connection,
    accusedId: accused.userId,
    ...{ reporterId: '', conversation: 'none', peerId: '', groupId: '', topicId: '', messageIds: '' },
    ...{ category: '', text: '' },
  }
}

/** What is sent; the server tells what is wrong with it. Null: no category was chosen. */
export function wishOf(draft: ReportDraft, idempotencyKey: string): FileReportWish | null {
  const { connection, accusedId, reporterId, conversation, category, text } = draft
  if (category === '') return null
  const place = {
    none: {},
    peer: { peerId: draft.peerId },
    group: { groupId: draft.groupId, ...(draft.topicId !== '' && { topicId: draft.topicId }) },
  }[conversation]
  const messageIds = draft.messageIds.split(/\s+/).filter((id) => id !== '')
  return {
    ...{ idempotencyKey, connection, accusedId, category, text },
    ...(reporterId !== '' && { reporterId }),
    ...(conversation !== 'none' && { ...place, messageIds }),
  }
}
