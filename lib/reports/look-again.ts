import 'server-only'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/context'
import { bringBack } from './bring-back'
import { aboutCase } from './change-case'

/**
 * Brings a closed case back that somebody wanted to look at again; one that is not closed any more stays as it is.
 * `isBurst`: before its time, as its accused writes a lot where the mute does not hold.
 */
export async function lookAgain(
  { db }: Pick<Context, 'db'>,
  caseId: string,
  { isBurst }: { isBurst: boolean },
): Promise<void> {
  await db.transaction(async (tx) => {
    const back = await bringBack(tx, caseId, { from: 'closed', to: 'reopened', by: null })
    if (!back) return
    const { data, ...about } = aboutCase(back)
    await record(tx, {
      ...{ type: 'case.look_again', actorId: null, actorName: 'system', ...about },
      data: { ...data, ...(isBurst && { isBurst }) },
    })
  })
}
