declare global {
  interface JSON {
    /** Text that `stringify` writes as it is; every Node that runs the emulator has it. */
    rawJSON(text: string): object
  }
}

/** Parses JSON; whole numbers that a double cannot hold come as bigints. Throws like `JSON.parse`. */
export function parseExactJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) => {
    if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
    return /^-?\d+$/.test(context?.source ?? '') ? BigInt(context?.source ?? '') : value
  })
}

/** Writes JSON; a bigint is written with all its digits. */
export function toExactJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' ? JSON.rawJSON(String(item)) : item,
  )
}
