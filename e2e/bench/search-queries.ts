import { createRandom, type Random } from '../emulator/random'
import { wideCharacter, word } from './search-load'

export type Query = { kind: string; text: string }

/** What moderators type, what they mistype, and what an attacker would; in an order without order. */
export function makeQueries(sample: readonly { userId: string; nickname: string | null }[]): Query[] {
  const random = createRandom(77)
  const names = sample.flatMap(({ nickname }) => (nickname && [...nickname].length > 1 ? [nickname] : []))
  const wide = names.filter((name) => /^\p{Script=Han}+$/u.test(name))
  const latin = names.filter((name) => /^[a-z]{6,}$/i.test(name))
  const name = () => one(random, names)
  const userId = () => one(random, sample).userId
  const letter = () => String.fromCodePoint(97 + Math.floor(random() * 26))
  const kinds: Record<string, string[]> = {
    'one wide character, common': [...'王李张小さ김', ...times(14, (index) => wideCharacter(index))],
    'one wide character, rare': times(25, () => wideCharacter(1_500 + Math.floor(random() * 2_000))),
    'two wide characters of a name': times(35, () => part(random, one(random, wide), 2)),
    'two wide characters, rare': times(
      15,
      (index) => wideCharacter(3_000 + index) + wideCharacter(2_000 + index),
    ),
    'three letters, common': [
      'ana',
      'ben',
      'sha',
      'tig',
      'ber',
      'chen',
      'mül',
      'smi',
      'pro',
      'luc',
      'noa',
      'xx_',
    ],
    'three letters of a name': times(25, () => part(random, one(random, latin), 3)),
    'three letters, rare': times(20, () => `${letter()}${one(random, [...'qxzjv'])}${letter()}`),
    'a longer part of a name': times(50, () => part(random, name(), 4 + Math.floor(random() * 4))),
    'a whole name': times(25, name),
    'the beginning of an id': times(30, () => userId().slice(0, 2 + Math.floor(random() * 6))),
    'a whole id': times(15, userId),
    'one letter': [...'abcdefghijklmnopqrstuvwxyz0159'],
    'two letters': times(30, () => letter() + letter()),
    'nothing like it': [
      ...times(15, () => `${word(random)}qqj${word(random)}`),
      ...times(15, (index) => `鬱${wideCharacter(3_600 + index)}`),
    ],
    hostile: hostile(),
  }
  const queries = Object.entries(kinds).flatMap(([kind, texts]) => texts.map((text) => ({ kind, text })))
  return queries
    .map((query) => ({ query, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ query }) => query)
}

function hostile(): string[] {
  return [
    ...[
      '%',
      '_',
      '%%',
      '__',
      '%_%',
      '\\',
      '\\%',
      "'",
      "' or 1=1 --",
      '--',
      '..',
      '*',
      '.*',
      ' ',
      '❤️',
      '\u200b',
    ],
    ...['(a+)+$', '(a+)+$'.repeat(30), '%a'.repeat(80), '_'.repeat(200), '%_'.repeat(100), 'a'.repeat(250)],
    ...[
      '王'.repeat(200),
      '王%'.repeat(60),
      '🔥'.repeat(100),
      'ab '.repeat(80),
      'a b c d e f g h',
      '000',
      '0 0',
      '@TGS#',
    ],
  ]
}

function times<Value>(count: number, make: (index: number) => Value): Value[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

function one<Value>(random: Random, values: readonly Value[]): Value {
  const value = values[Math.floor(random() * values.length)]
  if (value === undefined) throw new RangeError('nothing to choose from')
  return value
}

/** So many characters from somewhere inside. */
function part(random: Random, text: string, length: number): string {
  const characters = [...text]
  const start = Math.floor(random() * Math.max(1, characters.length - length + 1))
  return characters
    .slice(start, start + length)
    .join('')
    .trim()
}
