/**
 * Throws `RangeError` for a text that is empty or longer than so many bytes of UTF-8: cutting it is its author's
 * matter.
 */
export function requireMessageText(text: string, maxBytes: number): void {
  const bytes = Buffer.byteLength(text)
  if (bytes === 0 || bytes > maxBytes)
    throw new RangeError(`a message has 1 to ${maxBytes} bytes and not ${bytes}`)
}
