import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import type { AccountProfile } from '@/lib/provider/port'
import { findInDirectory } from './find-in-directory'
import { type LookedUp, lookUp } from './look-up'
import { parseQuery } from './parse-query'
import { pictureAddress } from './picture-address'
import { type DirectoryRow, recallAccounts } from './recall'
import { maxSearchIds } from './rules'
import type { AccountDto, SearchDto, SearchInput } from './schemas'

/** How many of the directory's matches are shown. */
const shown = 50

/**
 * One search over all connections or one: exact ids are asked at the providers, name parts and id prefixes in the
 * directory, which also says what it knows of the ids where a provider cannot be asked. Throws `FORBIDDEN`,
 * `UNKNOWN_CONNECTION`, and `INVALID_INPUT` (field `q`) over 100 ids.
 */
export async function searchAccounts(context: Context, actor: Actor, input: SearchInput): Promise<SearchDto> {
  requirePermission(actor, 'accounts:read')
  const connections = context.connections.filter(({ key }) => !input.connection || key === input.connection)
  if (connections.length === 0) throw new AppError('UNKNOWN_CONNECTION')
  const { ids, invalid, text } = parseQuery(input.q)
  if (ids.length + invalid.length > maxSearchIds)
    throw new AppError('INVALID_INPUT', { fields: { q: 'too_many' } })

  const keys = connections.map(({ key }) => key)
  const [answers, directory] = await Promise.all([
    ids.length === 0 ? [] : Promise.all(keys.map((key) => lookUp(context, key, ids))),
    text === null ? { rows: [], hasMore: false } : findInDirectory(context.db, text, keys, shown),
  ])
  const failures = answers.map(({ failure }) => failure).filter((failure) => failure !== null)
  const lookedUp = answers
    .flatMap(({ accounts }) => accounts.filter(({ exists }) => exists))
    .map(exactAccount)
  const silent = failures.map(({ connection }) => connection)
  const recalled = (await recallAccounts(context.db, silent, ids)).map(knownAccount)
  const exact = ids.flatMap((id) => [...lookedUp, ...recalled].filter(({ userId }) => userId === id))
  const isFound = new Set(exact.map(({ connection, userId }) => `${connection}\n${userId}`))
  const others = directory.rows.filter(({ connection, userId }) => !isFound.has(`${connection}\n${userId}`))

  const connectionOf = new Map(connections.map((connection) => [connection.key, connection]))
  const toDto = ({ connection: key, avatarUrl, ...rest }: Found): AccountDto[] => {
    const connection = connectionOf.get(key)
    if (!connection) return []
    const { pictureOrigin } = context.provider(key)
    return [{ connection, ...rest, hasAvatar: pictureAddress(avatarUrl, pictureOrigin) !== null }]
  }
  return {
    results: [...exact, ...others.map(knownAccount)].flatMap(toDto),
    missing: failures.length > 0 ? [] : ids.filter((id) => !exact.some(({ userId }) => userId === id)),
    invalid,
    failures,
    hasMore: directory.hasMore,
  }
}

type Found = Omit<AccountDto, 'connection' | 'hasAvatar'> & AccountProfile & { connection: string }

function exactAccount({ connection, userId, exists, profile, presence }: LookedUp): Found {
  return { connection, userId, ...(profile ?? { nickname: null, avatarUrl: null }), exists, presence }
}

function knownAccount(row: DirectoryRow): Found {
  return { ...row, exists: null, presence: null }
}
