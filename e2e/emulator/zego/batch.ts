import type { Failing, PreparedCall } from '../answer-call'
import { Refusal } from '../refusal'

/** One account that failed, as answers name it. */
export type Failure = { UserId: string; SubCode: number; SubMessage?: string }

type Reply = { field: 'ErrorUsers' | 'ErrorList'; allFailedCode: number }

/**
 * A call over several accounts, of which some may fail.
 * @param reply the field of the answer that names those, and the code when all did
 * @param begin looks at the world once, when the call is applied, and gives what is done with each account: `codeOf`
 *   gives the code of its failure or null, `finish` does the rest with the good ones
 */
export function prepareBatch(
  ids: readonly string[],
  reply: Reply,
  begin: () => {
    codeOf(id: string): number | null
    subMessageOf?(code: number): string
    finish(good: readonly string[]): Record<string, unknown>
  },
): PreparedCall {
  function run(failing: Failing | null): Record<string, unknown> {
    const { codeOf, subMessageOf, finish } = begin()
    const good: string[] = []
    const failures: Failure[] = []
    for (const id of ids) {
      const code = failing?.account === id ? failing.code : codeOf(id)
      if (code === null) good.push(id)
      else
        failures.push({ UserId: id, SubCode: code, ...(subMessageOf && { SubMessage: subMessageOf(code) }) })
    }
    const fields = { ...finish(good), [reply.field]: failures }
    if (good.length === 0) throw new Refusal(reply.allFailedCode, null, 'every account failed', fields)
    return fields
  }
  return { accounts: ids, apply: () => run(null), applyExcept: run }
}
