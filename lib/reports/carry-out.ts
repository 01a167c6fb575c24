import 'server-only'
import { and, eq } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import { muteCommands } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { wake } from '@/lib/jobs/boss'
import { applyMute } from '@/lib/mutes/apply'
import { derivedKey } from '@/lib/mutes/derived-key'
import { parseFailure } from '@/lib/mutes/failure'
import { liftMute } from '@/lib/mutes/lift'
import type { MuteCommandDto } from '@/lib/mutes/schemas'
import { completeDecision, failDecision, leaveForLater } from './conclude-decision'
import { isMuteAction, reasonCategoryOf } from './decision-actions'
import { type Decision, getDecision } from './decision-rows'
import type { DecisionFailure, MuteAction } from './decision-schemas'
import { removeFromGroup } from './remove-from-group'
import { noticeHoldSeconds } from './rules'

/** What became of one action. */
type Done = { status: 'done'; commandId?: string } | { status: 'open'; commandId: string } | FailedAction
type FailedAction = { status: 'failed'; why: Omit<DecisionFailure, 'action'> }

/**
 * Does what a decision says, in order, and ends it. May be begun again at any point: each command has a key of its own
 * that is derived from the decision, so that it is given once, however often this runs. While the outcome of a command
 * is unknown the decision waits for it.
 */
export async function carryOutDecision(context: Context, decisionId: string): Promise<void> {
  const decision = await getDecision(context.db, decisionId)
  if (decision.status !== 'sending') return
  const commandIds: string[] = []
  for (const action of decision.actions.keys()) {
    const done = await perform(context, decision, action)
    if ('commandId' in done && done.commandId !== undefined) commandIds.push(done.commandId)
    if (done.status === 'failed') {
      await failDecision(context, decision, commandIds, { action, ...done.why })
      return
    }
    if (done.status === 'open') {
      await leaveForLater(context.db, decisionId)
      await wake('carry-out-decisions', 2)
      return
    }
  }
  await completeDecision(context, decision, commandIds)
  await wake('send-notices', noticeHoldSeconds, decisionId)
}

async function perform(context: Context, decision: Decision, index: number): Promise<Done> {
  const action = decision.actions[index]
  if (!action) throw new RangeError('a decision has no such action')
  try {
    if (decision.decider.isDisabled) throw new AppError('FORBIDDEN')
    if (isMuteAction(action)) return await giveCommand(context, decision, action, index)
    if (action.kind === 'kick') await removeFromGroup(context, decision.case, action.groupId)
    return { status: 'done' }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (isAlreadySo(error)) return { status: 'done' }
    return { status: 'failed', why: { code: error.code } }
  }
}

/** Somebody did the very same in between: there is nothing left to do. */
function isAlreadySo({ code, options }: AppError): boolean {
  const { end, scopes } = options.fields ?? {}
  return code === 'INVALID_INPUT' && (end === 'already_so' || scopes === 'already_so')
}

async function giveCommand(
  context: Context,
  decision: Decision,
  action: MuteAction,
  index: number,
): Promise<Done> {
  const key = derivedKey(`decision ${decision.id} action ${index}`)
  const given = await findCommand(context, decision, key)
  const command = given ?? (await send(context, decision, action, key))
  if (command.status === 'applied') return { status: 'done', commandId: command.id }
  if (command.status !== 'rejected') return { status: 'open', commandId: command.id }
  const failure = command.failure ?? undefined
  const code = failure?.kind === 'refused' ? 'PROVIDER_REFUSED' : 'PROVIDER_UNREACHABLE'
  return { status: 'failed', why: { code, ...(failure && { failure }) } }
}

type Outcome = Pick<MuteCommandDto, 'id' | 'status' | 'failure'>

/** A command that was given already is not given again, also when its end has passed meanwhile. */
async function findCommand(
  { db }: Context,
  { actorId }: Decision,
  key: string,
): Promise<Outcome | undefined> {
  const [row] = await db
    .select({ id: muteCommands.id, status: muteCommands.status, failure: muteCommands.failure })
    .from(muteCommands)
    .where(and(eq(muteCommands.actorId, actorId), eq(muteCommands.idempotencyKey, key)))
  return row && { ...row, failure: parseFailure(row.failure) }
}

function send(context: Context, decision: Decision, action: MuteAction, key: string): Promise<Outcome> {
  const { connection, accusedId: userId, category, number } = decision.case
  const { groupId, topicId, scopes, basis } = action
  const target = {
    idempotencyKey: key,
    connection,
    userId,
    ...(groupId !== undefined && { groupId }),
    ...(topicId !== undefined && { topicId }),
    scopes,
    basis,
    reason: {
      category: reasonCategoryOf(category, action.kind),
      text: `#${number} ${decision.reasonText}`.trim(),
    },
  }
  if (action.kind === 'lift') return liftMute(context, decision.decider, target)
  const end =
    action.until === 'forever' ? ({ kind: 'forever' } as const) : ({ kind: 'at', at: action.until } as const)
  return applyMute(context, decision.decider, { ...target, end })
}
