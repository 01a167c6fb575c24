/** A text of a stranger as PostgreSQL can hold it: NUL and lone surrogates replaced by the replacement character. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\ufffd')
}
