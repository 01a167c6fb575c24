import { useSyncExternalStore } from 'react'

const prefix = 'hushdesk.claim.'
const listeners = new Set<() => void>()
/** Where storage is forbidden, a claim lasts until the page is left. */
const memory = new Map<string, string>()

/** Keeps a claim's token in this tab alone: another tab of the same moderator is another holder. */
export function keepClaim(caseId: string, token: string): void {
  memory.set(caseId, token)
  stored((storage) => storage.setItem(prefix + caseId, token))
  for (const listener of listeners) listener()
}

/** Forgets a claim that has ended. */
export function dropClaim(caseId: string): void {
  memory.delete(caseId)
  stored((storage) => storage.removeItem(prefix + caseId))
  for (const listener of listeners) listener()
}

/** The token under which this tab has a case, or null. */
export function claimTokenOf(caseId: string): string | null {
  return stored((storage) => storage.getItem(prefix + caseId)) ?? memory.get(caseId) ?? null
}

/** The same, kept up to date; null while the page has not come alive. */
export function useClaimToken(caseId: string): string | null {
  return useSyncExternalStore(
    subscribe,
    () => claimTokenOf(caseId),
    () => null,
  )
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function stored<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(sessionStorage)
  } catch {
    return undefined
  }
}
