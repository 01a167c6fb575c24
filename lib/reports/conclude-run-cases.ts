import 'server-only'
import { and, eq } from 'drizzle-orm'
import { recordAll } from '@/lib/audit/record'
import type { Context } from '@/lib/context'
import { bulkMuteCases, bulkMutes } from '@/lib/db/schema'
import { wake } from '@/lib/jobs/boss'
import { errorFields, log } from '@/lib/log'
import { decideByRun } from './decide-by-run'
import { leaveOpen, whyLeft } from './leave-open'
import { noticeHoldSeconds } from './rules'
import { listWaitingCases, type RunCase } from './run-case-rows'
import { takeBackUndone } from './take-back-undone'
import { takeForRun } from './take-for-run'

/** So many cases are worked on before other work of the same job has its turn. */
export const runCasesAtOnce = 100

/**
 * Decides the cases of runs that have ended, takes back what an undo of a run gave back, and says on the others why they
 * stay open. Each in a transaction of its own, under a lock on its run: several instances may be at it, and one that dies
 * leaves nothing half done. Gives how many there were; as many as `runCasesAtOnce`: there may be more.
 */
export async function concludeRunCases(context: Context): Promise<number> {
  const due = await listWaitingCases(context.db, runCasesAtOnce)
  let concluded = 0
  for (const one of due) {
    try {
      if (await conclude(context, one)) concluded += 1
    } catch (error) {
      log.error(
        { bulk: one.bulk.id, case: one.case.id, ...errorFields(error) },
        'deciding a case of a bulk mute',
      )
    }
  }
  if (concluded > 0) await wake('send-notices', noticeHoldSeconds, due[0]?.case.id)
  return concluded + (await takeBackUndone(context, runCasesAtOnce))
}

/** False: another process was first, or the run goes on again. */
async function conclude({ db, clock }: Context, { bulk, case: own }: RunCase): Promise<boolean> {
  return db.transaction(async (tx) => {
    // One at a time within a run: an account has one strike of it, a reporter one answer.
    await tx.select({ id: bulkMutes.id }).from(bulkMutes).where(eq(bulkMutes.id, bulk.id)).for('update')
    const isThis = and(eq(bulkMuteCases.bulkId, bulk.id), eq(bulkMuteCases.caseId, own.id))
    const [one] = await listWaitingCases(tx, 1, isThis)
    if (!one) return false
    const why = whyLeft(one) ?? (await takeForRun(tx, one))
    const events = why === null ? await decideByRun(tx, one, clock.now()) : await leaveOpen(tx, one, why)
    if (events.length > 0) await recordAll(tx, events)
    return true
  })
}
