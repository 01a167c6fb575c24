import 'server-only'
import type { Context } from '@/lib/context'
import type { CallOptions, GroupTopic } from '@/lib/provider/port'
import { aboveOf } from './above-rules'
import { endsOfGroup } from './group-wide'
import { failureOf } from './internal'
import { groupWideStates } from './matrix-states'
import { type Observed, toldOf } from './observe'
import { observeQuietly } from './observe-quietly'
import { keepsEnds, placeOf } from './place'
import { maxReadPlaces } from './rules'

/** How long a list waits for what is read beside it, in ms; what comes later is as last known. */
const readPatienceMs = 3_000
/** Groups that are asked for together, where one call tells about many. */
const groupsAtOnce = 50

/**
 * Reads the mutes of everybody and of roles in these groups and writes them down. Of all of them where one call tells
 * about many; where each takes a call (ZEGO) only of those in which such a mute is known, at most 30: the job that lists
 * the muted groups finds the others within a minute. `topics` are those that were listed at `askedAt`, which told theirs
 * as well. What does not answer within 3 s is left as it was known, and so are those that are asked for together with one
 * that the provider cannot tell about.
 */
export async function readGroupsAbove(
  context: Context,
  connection: string,
  groupIds: readonly string[],
  { topics, askedAt }: { topics: ReadonlyMap<string, readonly GroupTopic[] | null>; askedAt: number },
): Promise<void> {
  const provider = context.provider(connection)
  const { capabilities } = provider
  const options: CallOptions = { priority: 'interactive', signal: AbortSignal.timeout(readPatienceMs) }
  const keepsNoEnd = !keepsEnds(capabilities)
  const note = (observed: readonly Observed[], at: number) =>
    observeQuietly(context.db, { connection, askedAt: at, keepsNoEnd, observed })

  async function read(batch: readonly string[]): Promise<void> {
    const at = context.clock.now()
    const groups = await provider.getGroups(batch, options).catch(failureOf)
    if (!(groups instanceof Map)) return
    const told = [...groups.values()].flatMap((group) =>
      toldOf(placeOf({ connection, groupId: group.groupId }), endsOfGroup(capabilities, group)),
    )
    await note(told, at)
  }

  const ofTopics = [...topics].flatMap(([groupId, list]) =>
    (list ?? []).flatMap(({ topicId, everyone }): Observed[] =>
      everyone === undefined
        ? []
        : [{ place: placeOf({ connection, groupId, topicId }), scope: 'everyone', until: everyone }],
    ),
  )
  const isCallEach = provider.listMutedGroups !== null
  const asked = isCallEach ? await knownToBeMuted(context, connection, groupIds) : groupIds
  const size = isCallEach ? 1 : groupsAtOnce
  const batches = Array.from({ length: Math.ceil(asked.length / size) }, (_, index) =>
    asked.slice(index * size, (index + 1) * size),
  )
  await Promise.all([note(ofTopics, askedAt), ...batches.map(read)])
}

async function knownToBeMuted(
  context: Context,
  connection: string,
  groupIds: readonly string[],
): Promise<string[]> {
  const now = context.clock.now()
  const statesOf = await groupWideStates(context, connection, groupIds)
  return groupIds.filter((groupId) => aboveOf(statesOf(groupId, ''), now).length > 0).slice(0, maxReadPlaces)
}
