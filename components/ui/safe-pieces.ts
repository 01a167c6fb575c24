/** A piece of somebody else's text: what may be shown as it is, or the code of a character that hides or deceives. */
export type SafePiece = { kind: 'text'; text: string } | { kind: 'hidden'; code: string }

export type SafePieces = {
  pieces: SafePiece[]
  /** the text was longer than is shown */
  isCut: boolean
}

/** Marks above one another that real writing needs at most; more only spill over neighbouring lines. */
const maxMarks = 3

/**
 * Controls, unpaired surrogates, line separators, everything that Unicode itself calls invisible, and blanks that pass
 * for letters.
 */
const hidden = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB\u2800]/u
const oddSpace = /(?![ \u3000])\p{Zs}/u
const mark = /\p{M}/u
const joiner = /\u200C|\u200D/u
const variation = /\uFE0E|\uFE0F/u
const tag = /[\u{E0020}-\u{E007F}]/u
const pictograph = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F/u
const keycapBase = /[0-9#*]/u
/** Scripts in which a joiner between letters changes how the word is written. */
const joining =
  /[\p{scx=Arabic}\p{scx=Syriac}\p{scx=Mongolian}\p{scx=Devanagari}\p{scx=Bengali}\p{scx=Gurmukhi}\p{scx=Gujarati}\p{scx=Oriya}\p{scx=Tamil}\p{scx=Telugu}\p{scx=Kannada}\p{scx=Malayalam}\p{scx=Sinhala}\p{scx=Khmer}\p{scx=Myanmar}]/u

/**
 * Somebody else's text, cut into what can be shown safely: characters that cannot be seen or that turn the writing
 * direction become their code (`U+202E`), marks are held to three a letter, blanks at the ends and in a row become
 * visible, and at most `maxLength` letters remain. Emoji and the joiners of real scripts stay as they are.
 */
export function safePieces(text: string, maxLength = 64): SafePieces {
  const pieces: SafePiece[] = []
  const characters = [...text]
  let length = 0
  let marks = 0
  for (const [index, character] of characters.entries()) {
    const before = characters[index - 1]
    const after = characters[index + 1]
    const isMark = mark.test(character)
    marks = isMark ? marks + 1 : 0
    if (marks > maxMarks) continue
    const isHidden = isDeceptive(character, before, after)
    // What hangs on the letter before it is no letter of its own.
    const isAttached = !isHidden && before !== undefined && (isMark || isPartOfEmoji(character, before))
    if (!isAttached) length += 1
    if (length > maxLength) return { pieces, isCut: true }
    if (isHidden) pieces.push({ kind: 'hidden', code: codeOf(character) })
    else append(pieces, character)
  }
  return { pieces, isCut: false }
}

function isDeceptive(character: string, before: string | undefined, after: string | undefined): boolean {
  if (character === ' ' || character === '\u3000') return !before || !after || before === character
  if (oddSpace.test(character)) return true
  if (!hidden.test(character)) return false
  if (variation.test(character)) return !before || !(pictograph.test(before) || keycapBase.test(before))
  if (tag.test(character)) return !before || !(tag.test(before) || before === '\u{1F3F4}')
  if (joiner.test(character) && before && after) {
    const joinsEmoji = character === '\u200D' && pictograph.test(before) && pictograph.test(after)
    return !joinsEmoji && !(joining.test(before) && joining.test(after))
  }
  return true
}

function isPartOfEmoji(character: string, before: string): boolean {
  return /\u200C|\u200D|\p{Emoji_Modifier}/u.test(character) || before === '\u200D' || tag.test(character)
}

function append(pieces: SafePiece[], character: string): void {
  const last = pieces.at(-1)
  if (last?.kind === 'text') last.text += character
  else pieces.push({ kind: 'text', text: character })
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
