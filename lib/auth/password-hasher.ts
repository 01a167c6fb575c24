import 'server-only'
import { hash, verify } from '@node-rs/argon2'
import { semaphore } from '@/lib/semaphore'

/** How passwords are stored and compared. Tests count the calls through their own. */
export type PasswordHasher = {
  /** A PHC string with its own salt. */
  hash(password: string): Promise<string>
  /** Whether the password gave that hash. Throws if the hash is not a PHC string. */
  verify(passwordHash: string, password: string): Promise<boolean>
}

/** argon2id with OWASP's first choice: 19 MiB, two passes, one lane (Password Storage Cheat Sheet). */
export const argon2Parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/**
 * The hash that is verified when nobody has the address, so that the answer takes the same work. Made with the
 * parameters above from 32 random bytes that were not kept.
 */
export const hashOfNobody =
  '$argon2id$v=19$m=19456,t=2,p=1$ljHi/0Fn5uR1f47/pdYybw$aQh9uVuF9KhJo+H6bo5uzbOb0AG76TpG/8dMgucHzCw'

/** More hashes at once would take memory and both the event loop's and the database's CPU from everybody else. */
const maxHashesAtOnce = 4

const withHash = semaphore(maxHashesAtOnce)

/** The hasher of the running console: argon2id, at most four at once in a process. */
export const argon2Hasher: PasswordHasher = {
  hash: (password) => withHash(() => hash(password, argon2Parameters)),
  verify: (passwordHash, password) => withHash(() => verify(passwordHash, password)),
}
