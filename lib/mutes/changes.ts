import type { Until } from '@/lib/provider/port'
import type { MuteScope } from './rules'

/** What a command changes in one scope; in the scope `roles` also whom it mutes, null where nobody is. */
export type MuteChange = {
  scope: MuteScope
  before: Until | null
  after: Until | null
  beforeRoles?: number[] | null
  afterRoles?: number[] | null
}
