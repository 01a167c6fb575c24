/**
 * One text for one value, whatever the order of its keys: JSON with sorted keys and without fields that are undefined,
 * so that a value read back from the database gives the same text as the one that was written.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
  })
}
