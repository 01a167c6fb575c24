import type { Random } from '../random'

type IdMaker = (random: Random) => string

const HEX = '0123456789abcdef'
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'
const ODD = ' #%&+/?@:;=,()[]{}|\\^~`\'"<>!$*'

const characters = (random: Random, alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join('')

const digits: IdMaker = (random) => characters(random, '123456789', 1) + characters(random, '0123456789', 8)

const word: IdMaker = (random) =>
  `${characters(random, LETTERS.slice(0, 26), 3 + Math.floor(random() * 6))}_${characters(random, '0123456789', 3)}`

const mail: IdMaker = (random) => `${characters(random, LETTERS, 9)}@example.com`

const hex32: IdMaker = (random) => characters(random, HEX, 32)

const groupLike: IdMaker = (random) => `@TGS#${characters(random, LETTERS.toUpperCase(), 9)}`

const odd: IdMaker = (random) => {
  const at = Math.floor(random() * 8)
  const letters = characters(random, LETTERS, 8)
  return `${letters.slice(0, at)}${characters(random, ODD, 2)}${letters.slice(at)}`
}

const SHARES: readonly (readonly [number, IdMaker])[] = [
  [0.4, digits],
  [0.33, word],
  [0.1, mail],
  [0.1, hex32],
  [0.03, groupLike],
]

/** A user id as apps make them: 1 to 32 bytes of printable ASCII, some of them awkward in addresses. */
export function makeId(random: Random): string {
  let rest = random()
  for (const [share, make] of SHARES) {
    if (rest < share) return make(random)
    rest -= share
  }
  return odd(random)
}
