import type { Findings } from './report'

/** Each part by its name, in the order in which they run. A part is loaded when it is asked for. */
export const parts: Readonly<Record<string, () => Promise<Findings>>> = {
  javascript: async () => (await import('./javascript')).measureJavaScript(),
  start: async () => (await import('./start')).measureStart(),
  'account-page': async () => (await import('./account-page')).measureAccountPage(),
  'group-page': async () => (await import('./group-page')).measureGroupPage(),
  throttle: async () => (await import('./throttle')).measureThrottle(),
  bulk: async () => (await import('./bulk')).measureBulk(),
  memory: async () => (await import('./memory')).measureMemory(),
  search: async () => (await import('./search')).measureSearch(),
  audit: async () => (await import('./audit')).measureAudit(),
  queue: async () => (await import('./queue')).measureQueue(),
  intake: async () => (await import('./intake')).measureIntake(),
  ledger: async () => (await import('./ledger')).measureLedger(),
}
