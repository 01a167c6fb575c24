import 'server-only'
import { randomInt } from 'node:crypto'

/** Letters and digits that nobody confuses when reading aloud or copying by hand. */
const alphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const length = 20

/** A password to be shown once: 20 characters of 56, about 116 bits. */
export function generatePassword(): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}
