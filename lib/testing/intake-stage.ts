import type { Db } from '@/lib/db'
import { fileReport } from '@/lib/reports/file'
import type { FiledReportDto, FileReportInput } from '@/lib/reports/report-schemas'
import { fileReportSchema } from '@/lib/reports/report-schemas'
import { addActor } from './moderators'
import { startMuteWorld } from './mute-world'

/** A moderator, both providers, and what files reports. Close its world at the test's end. */
export async function startIntakeStage(db: Db) {
  const world = await startMuteWorld(db)
  const actor = await addActor(db, 'support')
  const wish = (more: Partial<FileReportInput> = {}): FileReportInput =>
    fileReportSchema.parse({
      idempotencyKey: crypto.randomUUID(),
      connection: 'sg',
      accusedId: 'lin88',
      reporterId: 'ann',
      groupId: 'party',
      category: 'spam',
      text: 'Three links in a minute',
      ...more,
    })
  const file = async (more: Partial<FileReportInput> = {}, by = actor) =>
    intoCase(await fileReport(world.context, by, wish(more)))
  return { world, db, context: world.context, control: world.emulator.control, actor, wish, file }
}

/** A report that went into a case, as all do whose reporter is not muted. */
export function intoCase({ caseId, caseNumber, ...filed }: FiledReportDto) {
  if (caseId === null || caseNumber === null) throw new Error('the report was set aside')
  return { ...filed, caseId, caseNumber }
}
