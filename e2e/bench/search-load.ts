import { searchKey } from '../../lib/db/search-key'
import { makeId } from '../emulator/data/ids'
import { makeNickname } from '../emulator/data/names'
import { createRandom, type Random } from '../emulator/random'
import { type BenchDatabase, loadTable } from './database'

const wideCharacters = 3_500
const batch = 20_000

export const connections = ['sg', 'beta'] as const

/** A wide character: the lower its rank, the more names have it, as in real names. */
export function wideCharacter(rank: number): string {
  return String.fromCodePoint(0x4e00 + ((rank * 7_919) % 20_000))
}

/** A rank below 3 500; one name in fifteen has the first. */
const commonRank = (random: Random) => Math.floor(wideCharacters * random() ** 3)

const syllables =
  'ka ri mo ten sha lu vi en dor bel qua zy ni str an ber o ha mi ro chen wu gar fel ix'.split(' ')
const tails = ['', '', '_', '99', ' ♪', '🔥', '2007', ' xoxo']

/** A nickname: half as in the demo's data, half from an alphabet so large that most of its characters are rare. */
function makeName(random: Random): string | null {
  const kind = random()
  if (kind < 0.5) return makeNickname(random) ?? null
  if (kind < 0.8) return repeat(2 + Math.floor(random() * 3), () => wideCharacter(commonRank(random)))
  return word(random) + (tails[Math.floor(random() * tails.length)] ?? '')
}

/** An invented word of Latin letters. */
export function word(random: Random): string {
  return repeat(2 + Math.floor(random() * 4), () => syllables[Math.floor(random() * syllables.length)] ?? '')
}

function repeat(times: number, make: () => string): string {
  return Array.from({ length: times }, make).join('')
}

/** Fills the directory with so many accounts, the same every time. Gives a sample of them for the queries. */
export async function loadDirectory(
  database: BenchDatabase,
  total: number,
): Promise<{ userId: string; nickname: string | null }[]> {
  const random = createRandom(total)
  const sample: { userId: string; nickname: string | null }[] = []
  await loadTable(database, 'accounts', async () => {
    for (let done = 0; done < total; done += batch) {
      const rows = Array.from({ length: Math.min(batch, total - done) }, () => {
        const nickname = makeName(random)
        return {
          c: connections[random() < 0.9 ? 0 : 1],
          u: makeId(random),
          n: nickname,
          k: searchKey(nickname),
          s: Math.floor(random() * 90 * 86_400),
        }
      })
      sample.push(...rows.slice(0, 40).map(({ u, n }) => ({ userId: u, nickname: n })))
      await database.run(
        `insert into accounts (connection, user_id, nickname, search_key, seen_at)
         select c, u, n, k, now() - s * interval '1 second'
         from jsonb_to_recordset($1::jsonb) as given (c text, u text, n text, k text, s int)
         on conflict do nothing`,
        [JSON.stringify(rows)],
      )
    }
  })
  return sample
}
