/**
 * How names are made searchable by pg_trgm whatever their script. pg_trgm reads words of letters, and in the C
 * collation only ASCII counts as letters, so a Chinese name would have no trigram at all. Every wide character
 * therefore gets a word of three letters or digits of its own behind the name: one character, one trigram.
 */

/** The form in which names are compared: compatibility forms folded, lower case, no bidi or zero-width characters. */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
}

const asciiOnly = /^[ -~]*$/

/**
 * The wide characters of a folded name, three of a–z0–9 each. Different characters may share a word; the name itself
 * decides.
 */
export function wideKey(folded: string): string {
  return [...folded]
    .filter((character) => !asciiOnly.test(character))
    .map((character) => ((character.codePointAt(0) ?? 0) % 36 ** 3).toString(36).padStart(3, '0'))
    .join('')
}

/** What is stored beside an account for the trigram index: the folded name, a line break, its wide key. */
export function searchKey(nickname: string | null): string {
  if (!nickname) return ''
  const folded = foldName(nickname)
  return `${folded}\n${wideKey(folded)}`
}

/** Whether the index can find this inside of names; shorter ones are only looked for at a name's beginning. */
export function canMatchInside(folded: string): boolean {
  return wideKey(folded) !== '' || /[a-z0-9]{3}/.test(folded)
}

/** A text as it stands in a LIKE pattern. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
