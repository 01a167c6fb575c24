import type { ComposerForm } from '@/components/mutes/composer-form'
import type { MuteInForceDto } from '@/lib/mutes/ledger-schemas'
import type { CollectPlace } from './collect-draft'

/** What a mute in force is about. */
export type LedgerRow = Pick<MuteInForceDto, 'connection' | 'userId' | 'groupId' | 'topicId' | 'scope'>

/** What names a row. */
export function ledgerKey({ connection, userId, groupId, topicId, scope }: LedgerRow): string {
  return [connection, userId, groupId, topicId, scope].join('\n')
}

/** The place of all these mutes; where they differ, a group that is still to be chosen: never a guess. */
export function commonPlace(rows: readonly LedgerRow[]): {
  place: CollectPlace
  scope?: ComposerForm['scope']
} {
  const places = new Set(rows.map(({ groupId, topicId }) => JSON.stringify([groupId, topicId])))
  const [{ groupId = null, topicId = null } = {}] = rows
  if (places.size !== 1) return { place: { in: 'group', groupId: '', topicId: '' } }
  if (groupId !== null) return { place: { in: 'group', groupId, topicId: topicId ?? '' } }
  const scopes = new Set(rows.map(({ scope }) => scope))
  const [only = 'both'] = scopes
  const isOne = scopes.size === 1 && (only === 'one_to_one' || only === 'all_groups')
  return { place: { in: 'everywhere', groupId: '', topicId: '' }, scope: isOne ? only : 'both' }
}
