import 'server-only'
import { createHash } from 'node:crypto'

/**
 * An idempotency key that is the same for the same text, for commands that any instance may give: the second one finds
 * the first one's command.
 */
export function derivedKey(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
