import { userIdError } from './rules'

/**
 * What a search text asks for. Several entries, separated by commas or line breaks, are exact ids. A single one may
 * be an exact id and is a part of a name as well. Spaces inside an id are legal and stay.
 */
export function parseQuery(q: string): { ids: string[]; invalid: string[]; text: string | null } {
  const entries = [...new Set(q.split(/[\n\r,，、]+/).map((entry) => entry.trim()))].filter(
    (entry) => entry !== '',
  )
  const isId = (entry: string) => userIdError(entry) === null
  const [only] = entries
  if (only !== undefined && entries.length === 1)
    return { ids: isId(only) ? [only] : [], invalid: [], text: only }
  return { ids: entries.filter(isId), invalid: entries.filter((entry) => !isId(entry)), text: null }
}
