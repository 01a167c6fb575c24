import 'server-only'
import { and, eq, inArray, or } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { perDatabase } from '@/lib/db/per-database'
import { cases, reports } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { wakeSoon } from '@/lib/jobs/wake-soon'
import { findReportPolicies } from '@/lib/settings/report-policies'
import type { ReportPolicies } from '@/lib/settings/report-rules'
import { placeKeyOf } from './merge-into-cases'
import type { FiledReportDto } from './report-schemas'
import { refusalOf } from './require-offered'
import { findEverMuted, reporterKeyOf, setAsideMuted } from './set-aside'
import { FiledMeanwhile, type NewReport, type ReportAuthor, writeReports } from './write-reports'

/** Reports that one transaction takes in at most. */
const maxTogether = 50
/** So many cases that others hold are waited for at once: each of them has one of the pool's ten connections. */
const maxWaits = 3

type Waiting = {
  author: ReportAuthor | null
  report: NewReport
  resolve(filed: FiledReportDto): void
  reject(error: unknown): void
}

type Intake = {
  /** null: nothing is being written */
  waiting: Waiting[] | null
  /** what waits for a case that somebody else holds, by its place */
  held: Map<string, Waiting[]>
  /** the places of those that are being waited for */
  waitedFor: Set<string>
}

/** What waits in this process, for each database. */
const intakeOf = perDatabase((): Intake => ({ waiting: null, held: new Map(), waitedFor: new Set() }))

/**
 * Writes a report down and into its case, with its audit event, and has its evidence taken; where its reporter is muted,
 * aside and into none. The same key with the same input gives the first report again. Reports that come while others are
 * being written are written together, in the next transaction: a flood costs one look at the audit's end for many. Those
 * on a case that another transaction holds wait for it by themselves.
 * `author`: null, the provider's own moderation.
 * Throws `IDEMPOTENCY_MISMATCH`, and `INVALID_INPUT` for a category that there is not or not any more.
 */
export function takeIn(db: Db, author: ReportAuthor | null, report: NewReport): Promise<FiledReportDto> {
  return new Promise((resolve, reject) => {
    const one = { author, report, resolve, reject }
    const intake = intakeOf(db)
    if (intake.waiting) intake.waiting.push(one)
    else void workOff(db, intake, [one])
  })
}

async function workOff(db: Db, intake: Intake, waiting: Waiting[]): Promise<void> {
  intake.waiting = waiting
  while (waiting.length > 0) await takeTogether(db, nextOf(waiting), { waits: false })
  intake.waiting = null
}

function waitForCases(db: Db, held: readonly Waiting[]): void {
  const intake = intakeOf(db)
  for (const one of held) {
    const key = placeKeyOf(one.report)
    const same = intake.held.get(key)
    if (same) same.push(one)
    else intake.held.set(key, [one])
  }
  while (intake.waitedFor.size < maxWaits && findHeld(intake)) void workOffHeld(db, intake)
}

/** One batch of each case, so that those which wait for the third or the tenth have their turn. */
async function workOffHeld(db: Db, intake: Intake): Promise<void> {
  for (let next = findHeld(intake); next; next = findHeld(intake)) {
    const [key, waiting] = next
    intake.waitedFor.add(key)
    await takeTogether(db, nextOf(waiting), { waits: true })
    intake.waitedFor.delete(key)
    intake.held.delete(key)
    if (waiting.length > 0) intake.held.set(key, waiting)
  }
}

const findHeld = ({ held, waitedFor }: Intake) => [...held].find(([key]) => !waitedFor.has(key))

/** Takes out those that come next, of which no two have the same key: the second one's answer is the first's. */
function nextOf(waiting: Waiting[]): Waiting[] {
  const next = new Map<string, Waiting>()
  for (const one of waiting.slice(0, maxTogether)) {
    const key = keyOf(one.report)
    if (!next.has(key)) next.set(key, one)
  }
  const taken = new Set(next.values())
  waiting.splice(0, waiting.length, ...waiting.filter((one) => !taken.has(one)))
  return [...taken]
}

/** Answers each of them, now or, those whose case is held, later; never throws. */
async function takeTogether(db: Db, all: readonly Waiting[], how: { waits: boolean }): Promise<void> {
  try {
    const asked = all.map(({ report }) => report)
    const [earlier, muted, policies] = await Promise.all([
      findEarlier(db, asked),
      findEverMuted(db, asked),
      findReportPolicies(db),
    ])
    const unheard = all.filter((one) => !isAnswered(one, earlier.get(keyOf(one.report))))
    const isSuspect = ({ report }: Waiting) => muted.has(reporterKeyOf(report))
    const heard = await hear(db, policies, unheard.filter(isSuspect))
    const fresh = unheard
      .filter((one) => !isSuspect(one) || heard.has(one))
      .filter((one) => isOffered(one, policies))
    if (fresh.length === 0) return
    const { filed, isUrgent } = await writeReports(db, policies, fresh, how)
    if (isUrgent) wakeSoon('page-leads')
    if (filed.some((answer) => answer !== null)) wakeSoon('take-evidence')
    const held = fresh.filter((one, index) => {
      const answer = filed[index] ?? null
      settle(one, answer)
      return answer === null
    })
    waitForCases(db, held)
  } catch (error) {
    const [one, ...others] = all
    // Each by itself would wait as long again, and with many connections.
    if (isGivenUp(error)) for (const each of all) each.reject(error)
    // Whatever it was, it may be one of them alone.
    else if (others.length > 0) await Promise.all(all.map((each) => takeTogether(db, [each], how)))
    // Another instance was filing it at the same moment, and by now has done so.
    else if (error instanceof FiledMeanwhile) await takeTogether(db, all, how)
    else one?.reject(error)
  }
}

/** The database ended the statement, as it had waited or worked for too long. */
function isGivenUp(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === '57014'
}

function settle({ resolve, reject }: Waiting, answer: FiledReportDto | AppError | null): void {
  if (answer instanceof AppError) reject(answer)
  else if (answer) resolve(answer)
}

/** Whether it was filed before. */
function isAnswered(one: Waiting, earlier: Earlier | undefined): boolean {
  if (!earlier) return false
  settle(one, sameAgain(one.report, earlier))
  return true
}

/** Sets aside what muted reporters say, and gives those whose reporters are not muted any more. */
async function hear(
  db: Db,
  policies: ReportPolicies,
  suspects: readonly Waiting[],
): Promise<ReadonlySet<Waiting>> {
  if (suspects.length === 0) return new Set()
  const answers = await setAsideMuted(db, policies, suspects)
  return new Set(
    suspects.filter((one, index) => {
      const answer = answers[index] ?? null
      settle(one, answer)
      return answer === null
    }),
  )
}

/** Refuses what cannot be filed; the provider's own moderation does not choose among ours. */
function isOffered(one: Waiting, policies: ReportPolicies): boolean {
  const refusal = one.author && refusalOf(policies, one.report.category)
  settle(one, refusal)
  return refusal === null
}

function sameAgain({ inputHash }: NewReport, earlier: Earlier): FiledReportDto | AppError {
  const { inputHash: hash, ...filed } = earlier
  return hash === inputHash ? filed : new AppError('IDEMPOTENCY_MISMATCH')
}

type Earlier = FiledReportDto & { inputHash: string }

const keyOf = ({ source, idempotencyKey }: Pick<NewReport, 'source' | 'idempotencyKey'>) =>
  `${source}\n${idempotencyKey}`

/** Those of these that are on record, by their keys. */
async function findEarlier(db: Db, asked: readonly NewReport[]): Promise<Map<string, Earlier>> {
  const bySource = [...Map.groupBy(asked, ({ source }) => source)]
  const isAsked = ([source, same]: (typeof bySource)[number]) => {
    const keys = same.map(({ idempotencyKey }) => idempotencyKey)
    return and(eq(reports.source, source), inArray(reports.idempotencyKey, keys))
  }
  const found = await db
    .select({
      source: reports.source,
      idempotencyKey: reports.idempotencyKey,
      id: reports.id,
      connection: reports.connection,
      accusedId: reports.accusedId,
      caseId: reports.caseId,
      caseNumber: cases.number,
      receivedAt: reports.receivedAt,
      inputHash: reports.inputHash,
    })
    .from(reports)
    .innerJoin(cases, eq(cases.id, reports.caseId))
    .where(or(...bySource.map(isAsked)))
  return new Map(found.map(({ source, idempotencyKey, ...row }) => [keyOf({ source, idempotencyKey }), row]))
}
