import type { MuteInForceDto } from '@/lib/mutes/ledger-schemas'
import type { PlaceKey } from '@/lib/mutes/place-schemas'

/** Where a mute of the list is read and changed. */
export function ledgerPlace({ connection, userId, groupId, topicId }: MuteInForceDto): PlaceKey {
  return {
    connection,
    ...(userId !== '' && { userId }),
    ...(groupId !== null && { groupId }),
    ...(topicId !== null && { topicId }),
  }
}
