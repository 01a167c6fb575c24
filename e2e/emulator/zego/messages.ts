import type { ZegoMessage } from './apps'
import type { Fields } from './fields'
import { indexOfCursor, pageOf } from './paging'
import { DEFAULT_WITH_EMPTY } from './unconfirmed'

const DEFAULT_LIMIT = 10
const MAX_LIMIT = 100

/** The parameters of a page of messages. */
export const PAGE_PARAMETERS = ['Limit', 'Next', 'WithEmptyMsg']

/**
 * Reads which page is asked for, and gives what takes it from the messages, the newest first. `Limit` outside of 1 to
 * 100 is taken as the nearest of these.
 */
export function preparePage(fields: Fields): (messages: readonly ZegoMessage[]) => Record<string, unknown> {
  const limit = fields.integer('Limit', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) ?? DEFAULT_LIMIT
  const withEmpty = fields.integer('WithEmptyMsg', 0, 1) ?? DEFAULT_WITH_EMPTY
  const index = indexOfCursor(fields, 'Next')

  return (messages) => {
    const newestFirst = messages.filter(({ isEmpty }) => withEmpty === 1 || !isEmpty).reverse()
    const { page, next } = pageOf(newestFirst, index, Math.min(Math.max(limit, 1), MAX_LIMIT))
    return { Next: next, List: page.map(wireOf) }
  }
}

function wireOf(message: ZegoMessage): Record<string, unknown> {
  return {
    Sender: message.from,
    MsgType: message.type,
    SubMsgType: 0,
    MsgBody: message.isEmpty ? '' : message.body,
    MsgId: message.id,
    MsgSeq: message.seq,
    Payload: message.payload,
    MsgTime: message.at,
    IsEmpty: { deleted: 1, recalled: 2, none: 0 }[message.isEmpty ?? 'none'],
  }
}
