import 'server-only'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { asAppError, interactive } from '@/lib/mutes/internal'
import { ProviderError } from '@/lib/provider/errors'
import type { CaseRow } from './change-case'

/**
 * Removes the accused from a group and reads back. Whoever is no member is removed already, so that this may be done
 * again at any time. Throws `GROUP_NOT_FOUND`, `CANNOT_MUTE_HERE` (nobody can be removed from this type of group),
 * `PROVIDER_REFUSED` and `PROVIDER_UNREACHABLE`.
 */
export async function removeFromGroup(
  context: Context,
  { connection, accusedId }: CaseRow,
  groupId: string,
): Promise<void> {
  const provider = context.provider(connection)
  try {
    const group = (await provider.getGroups([groupId], interactive())).get(groupId)
    if (!group) throw new AppError('GROUP_NOT_FOUND')
    const can = provider.capabilities.groups[group.type]
    if (!can?.removal) throw new AppError('CANNOT_MUTE_HERE')
    const isMember = async () =>
      (await provider.getMembers({ groupId, type: group.type }, [accusedId], interactive())).has(accusedId)
    if (!(await isMember())) return
    const failure = await provider.removeMembers(groupId, [accusedId], interactive()).then(
      (outcomes) => outcomes.get(accusedId),
      (error: unknown) => {
        if (!(error instanceof ProviderError)) throw error
        return error
      },
    )
    // Read back, whatever was answered: an answer may be lost, and a success may be none.
    if (!(await isMember())) return
    if (failure instanceof ProviderError) throw failure
    throw new AppError('PROVIDER_REFUSED', {
      details: {
        provider: provider.name,
        ...(failure && !failure.ok && { providerCode: failure.providerCode }),
      },
    })
  } catch (error) {
    throw asAppError(error)
  }
}
