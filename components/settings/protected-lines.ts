import { userIdError } from '@/lib/accounts/rules'

/** The ids of a text that has one a line, each once; blank lines are passed over, nothing else is trimmed. */
export function readLines(text: string): { userIds: string[] } | { wrongLine: number } {
  const lines = text.split(/\r?\n/)
  const wrong = lines.findIndex((line) => line.trim() !== '' && userIdError(line) !== null)
  if (wrong !== -1) return { wrongLine: wrong + 1 }
  return { userIds: [...new Set(lines.filter((line) => line.trim() !== ''))] }
}
