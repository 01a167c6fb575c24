import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { asAppError, interactive } from '@/lib/mutes/internal'
import type { ChatMessage } from '@/lib/provider/port'
import { type CaseRow, getCaseRow } from './change-case'
import { toFileDtos } from './file-schemas'
import type { HistoryDirection, HistoryDto, ReadOnInput } from './history-schemas'
import { listsOf, whyNoHistory } from './read-history'
import { type Part, readPart } from './read-part'
import { tellSenders } from './tell-senders'
import { edgeOfKept } from './transcript'

/**
 * The messages before or after those that were kept of a case, as the provider has them now; nothing of them is kept.
 * Nobody reported them and people meant them for each other, so who read how many is on record. Throws `FORBIDDEN`,
 * `NOT_FOUND`, `UNKNOWN_CONNECTION`, `INVALID_INPUT`, `PROVIDER_UNREACHABLE` and `PROVIDER_REFUSED`.
 */
export async function readOn(context: Context, actor: Actor, input: ReadOnInput): Promise<HistoryDto> {
  requirePermission(actor, 'reports:work')
  const { db, clock } = context
  const row = await getCaseRow(db, input.caseId)
  const readAt = clock.now()
  const none = { messages: [], viewOf: null, next: null, readAt }
  if (row.groupId === '' && row.peerId === '') return { ...none, why: 'no_conversation' }
  const from = input.from ?? (await edgeOfKept(db, row.id, input.direction === 'older' ? 'first' : 'last'))
  try {
    const why = await whyNoHistory(context, row, interactive())
    if (why !== null) return { ...none, why }
    const { view, part } = await readView(context, row, { ...input, from })
    if (part.messages.length > 0) await say(db, actor, row, input.direction, part.messages.length)
    return {
      ...none,
      why: null,
      messages: await toDtos(db, row, part.messages),
      viewOf: row.groupId !== '' ? null : view === 0 ? row.peerId : row.accusedId,
      next: part.next && { view: view === 0 ? '0' : '1', ...part.next },
    }
  } catch (error) {
    // A cursor comes from the browser: one that is none of this list is a mistake in the question.
    if (error instanceof RangeError)
      throw new AppError('INVALID_INPUT', { fields: { cursor: 'invalid' }, cause: error })
    throw asAppError(error)
  }
}

type From = Pick<ReadOnInput, 'direction' | 'view' | 'cursor' | 'above'> & { from: string | null }

/** On the side of the conversation where it was begun; at the beginning on the first one that has anything. */
async function readView(
  context: Context,
  row: CaseRow,
  { view: begun, ...from }: From,
): Promise<{ view: number; part: Part }> {
  const lists = [...listsOf(context, row, interactive()).entries()]
  const asked = begun === undefined ? lists : lists.filter(([view]) => String(view) === begun)
  let last: { view: number; part: Part } = { view: 0, part: { messages: [], next: null, isEmpty: true } }
  for (const [view, list] of asked) {
    last = { view, part: await readPart(list, from) }
    if (!last.part.isEmpty) break
  }
  return last
}

async function say(db: Db, actor: Actor, row: CaseRow, direction: HistoryDirection, messages: number) {
  await db.transaction((tx) =>
    record(tx, {
      type: 'history.read',
      actorId: actor.id,
      actorName: actor.name,
      connection: row.connection,
      userId: row.accusedId,
      data: { case: row.id, number: row.number, direction, messages },
    }),
  )
}

async function toDtos(db: Db, row: CaseRow, messages: readonly ChatMessage[]) {
  const told = await tellSenders(
    db,
    row,
    messages.map(({ senderId }) => senderId),
  )
  return messages.map(({ messageId, senderId, sentAt, kind, text, files = [], state }) => ({
    ...{ messageId, ...told(senderId), sentAt, kind, text, files: toFileDtos({ files }), state },
  }))
}
