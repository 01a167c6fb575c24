/**
 * Cursors as the port hands them out. They may have been to a browser and back, so each is checked before it is put
 * into a request. Throws `RangeError` for what never was a cursor of that kind.
 */

const greatestUint64 = 2n ** 64n - 1n

/** A whole number that the provider gave, digit for digit; '0' begins. */
export function readNext(cursor: string | null): string {
  if (cursor === null) return '0'
  return wholeNumber(cursor, greatestUint64)
}

/** Where an offset, or a message's place in its group, stands. */
export function readPlace(cursor: string): number {
  return Number(wholeNumber(cursor, BigInt(Number.MAX_SAFE_INTEGER)))
}

/** How far back a one-to-one conversation has been read: the oldest message so far, by its time and key. */
export type OldestMessage = { sentAtSeconds: number; key: string }

export function writeOldest({ sentAtSeconds, key }: OldestMessage): string {
  return `${sentAtSeconds}:${key}`
}

export function readOldest(cursor: string): OldestMessage {
  const colon = cursor.indexOf(':')
  if (colon < 0) throw notOurs()
  return { sentAtSeconds: readPlace(cursor.slice(0, colon)), key: cursor.slice(colon + 1) }
}

function wholeNumber(cursor: string, greatest: bigint): string {
  if (!/^\d{1,20}$/.test(cursor) || BigInt(cursor) > greatest) throw notOurs()
  return cursor
}

function notOurs(): RangeError {
  return new RangeError('not a cursor of this list')
}
