import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { providerFailure } from '@/lib/provider/errors'
import type { CallOptions } from '@/lib/provider/port'
import { recallGroup } from './recall'
import { rememberGroups, seenGroup } from './remember'
import type { GroupKey, GroupViewDto } from './schemas'

/**
 * One group as its provider knows it now, with what can be done in it; what the directory remembers where the provider
 * cannot be asked. A group that does not exist is an answer (`exists: false`), not an error. Throws `FORBIDDEN` and
 * `UNKNOWN_CONNECTION`.
 */
export async function getGroup(context: Context, actor: Actor, input: GroupKey): Promise<GroupViewDto> {
  requirePermission(actor, 'accounts:read')
  const connection = context.connections.find(({ key }) => key === input.connection)
  if (!connection) throw new AppError('UNKNOWN_CONNECTION')
  const provider = context.provider(input.connection)
  const options: CallOptions = { priority: 'interactive', signal: AbortSignal.timeout(10_000) }
  const answer = await provider.getGroups([input.groupId], options).catch(providerFailure)
  const failure = answer instanceof Map ? null : { connection: input.connection, ...answer }
  const info = answer instanceof Map ? answer.get(input.groupId) : undefined
  if (info) await rememberGroups(context.db, [seenGroup(input.connection, info)])
  const known = await recallGroup(context.db, input)
  const type = info?.type ?? known?.type ?? null
  const can = (type && provider.capabilities.groups[type]) ?? null
  const topics =
    info && can?.hasTopics ? await provider.listTopics(input.groupId, options).catch(providerFailure) : []
  const noTopics = Array.isArray(topics) ? null : { connection: input.connection, ...topics }
  return {
    group: {
      connection,
      groupId: input.groupId,
      type,
      name: info?.name ?? known?.name ?? null,
      memberCount: info?.memberCount ?? known?.memberCount ?? null,
      dissolvedAt: known?.dissolvedAt ?? null,
    },
    ownerId: info?.ownerId ?? known?.ownerId ?? null,
    exists: failure ? null : info !== undefined,
    can,
    topics: Array.isArray(topics) ? topics.map(({ topicId, name }) => ({ topicId, name })) : [],
    everyone: info?.everyone ?? null,
    roles: info?.roles ?? null,
    failure: failure ?? noTopics,
    serverNow: context.clock.now(),
  }
}
