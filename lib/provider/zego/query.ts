/** What can stand in a query. */
export type QueryParameters = Record<string, string | number | boolean | readonly (string | number)[]>

/**
 * Writes a query string as the provider reads it: a list repeats its key with `[]`. Its newer documents leave the
 * brackets out; whether that is understood is not documented, and the older form still stands in their prose. Values
 * are percent-encoded, for `#`, `&` and `+` are usual in ids.
 */
export function encodeQuery(parameters: QueryParameters): string {
  return Object.entries(parameters)
    .flatMap(([key, value]) =>
      typeof value === 'object' ? value.map((item) => pair(`${key}[]`, item)) : [pair(key, value)],
    )
    .join('&')
}

/** How many bytes an item of the list `key` takes in a query, its separator included. */
export function bytesOfItem(key: string, item: string): number {
  return pair(`${key}[]`, item).length + 1
}

function pair(key: string, value: string | number | boolean): string {
  return `${key}=${encodeURIComponent(value)}`
}
