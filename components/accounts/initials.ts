const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** A letter, digit or picture: what of a name can stand for it. */
const telling = /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u
/** Some of those are blanks all the same, like the Hangul fillers. */
const blank = /^\p{Default_Ignorable_Code_Point}/u
/** Latin, Greek and Cyrillic names are known by the letters that their words begin with; others by one character. */
const alphabetic = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u
const followsLetter = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}]/u

/** One or two characters that stand for an account: of its name, of its id when the name has none, else `?`. */
export function initialsOf(nickname: string | null, userId: string): string {
  return initials(nickname ?? '') || initials(userId) || '?'
}

function initials(text: string): string {
  const firsts = text
    .normalize('NFC')
    .split(/[\s_.\-@#/·・]+/u)
    .flatMap((word) => {
      const first = [...graphemes.segment(word)].find(
        ({ segment }) => telling.test(segment) && !blank.test(segment),
      )
      return first ? [withoutPiledMarks(first.segment)] : []
    })
  const [first = '', second] = firsts
  const both = second && alphabetic.test(first) && followsLetter.test(second)
  return (both ? first + second : first).toLocaleUpperCase('en')
}

/** A letter with at most two marks: more would spill out of the circle. */
function withoutPiledMarks(grapheme: string): string {
  return grapheme.replace(/(\p{M}{2})\p{M}+/gu, '$1')
}

export const avatarTones = 8

/** One of the avatar's colours, always the same for the same id (FNV-1a). */
export function toneOf(userId: string): number {
  let hash = 0x811c9dc5
  for (const character of userId) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0) % avatarTones
}
