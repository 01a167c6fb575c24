import type { Clock } from '@/lib/clock'
import type { TencentClient } from './client'

/** What the calls about groups are made with. */
export type GroupTools = {
  client: TencentClient
  clock: Clock
  /** the app admin that the console calls as */
  adminIdentifier: string
}
