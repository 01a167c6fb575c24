/** `JSON.parse` source text access is in every Node that this runs on, but not yet in TypeScript's library. */
declare global {
  interface JSON {
    rawJSON(text: string): object
  }
}

/**
 * Parses JSON without losing digits: an integer that a number cannot hold exactly becomes a bigint. Schemas that expect
 * a number refuse it, so nobody reckons with it by accident.
 */
export function parseExactly(text: string): unknown {
  return JSON.parse(text, (_, value: unknown, context?: { source?: string }) => {
    const source = context?.source ?? ''
    const isExact = typeof value !== 'number' || Number.isSafeInteger(value) || !/^-?\d+$/.test(source)
    return isExact ? value : BigInt(source)
  })
}

/** A whole number that may be too large for JavaScript's, to be put into a document that is stringified. */
export function exactInteger(digits: string): object {
  return JSON.rawJSON(BigInt(digits).toString())
}
