import { userIdError } from './rules'

/** One entry in quotation marks with what they enclose, a doubled mark being one of its own; or one without. */
const entryPattern = /[^\S\n\r]*"((?:[^"\n\r]|"")+)"[^\S\n\r]*(?=[\n\r,，、]|$)|[^\n\r,，、]+/g

/**
 * What a search text asks for. Several entries, separated by commas or line breaks, are exact ids. A single one may
 * be an exact id and is a part of a name as well. Spaces inside an id are legal and stay; quotation marks keep those
 * around it, and its commas, as they do in a CSV.
 */
export function parseQuery(q: string): { ids: string[]; invalid: string[]; text: string | null } {
  const texts = new Map<string, string>()
  for (const [typed, quoted] of q.matchAll(entryPattern)) {
    const text = typed.trim()
    const entry = quoted?.replaceAll('""', '"') ?? text
    if (entry !== '' && !texts.has(entry)) texts.set(entry, text)
  }
  const entries = [...texts.keys()]
  const ids = entries.filter((entry) => userIdError(entry) === null)
  const [text = null] = texts.values()
  if (entries.length === 1) return { ids, invalid: [], text }
  return { ids, invalid: entries.filter((entry) => userIdError(entry) !== null), text: null }
}

/** The search text that asks for exactly this id, alone or in a list. */
export function queryForId(userId: string): string {
  const { ids, text } = parseQuery(userId)
  const isPlain = text === userId && (ids[0] ?? text) === userId
  return isPlain ? userId : `"${userId.replaceAll('"', '""')}"`
}
