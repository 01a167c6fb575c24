'use server'

import { defineAction } from '@/lib/action'
import { answerAppeal } from './answer-appeal'
import { answerAppealSchema, doSweepSchema, fileAppealSchema } from './appeal-schemas'
import {
  caseKeySchema,
  claimCaseSchema,
  claimNextSchema,
  escalateCaseSchema,
  handOverSchema,
  holdCaseSchema,
  releaseClaimSchema,
  renewClaimSchema,
  seeCaseSchema,
  sendBackSchema,
  triageCaseSchema,
  writeNoteSchema,
} from './case-schemas'
import { claimCase } from './claim'
import { claimNextCase } from './claim-next'
import { decideCase } from './decide'
import { decideCaseSchema, undoDecisionSchema } from './decision-schemas'
import { escalateCase } from './escalate'
import { fileReport } from './file'
import { fileAppeal } from './file-appeal'
import { handOverCase } from './hand-over'
import { holdCase } from './hold'
import { liftReportMute } from './lift-report-mute'
import { recheckEvidence } from './recheck-evidence'
import { releaseClaim } from './release'
import { renewClaim } from './renew-claim'
import { liftReportMuteSchema } from './report-mute-schemas'
import { fileReportSchema } from './report-schemas'
import { seeCase } from './see'
import { sendBackCase } from './send-back'
import { sweepReporter } from './sweep-reporter'
import { triageCase } from './triage'
import { undoDecision } from './undo-decision'
import { writeNote } from './write-note'

export const claimCaseAction = defineAction({
  name: 'reports.claim',
  input: claimCaseSchema,
  permission: 'reports:work',
  limit: 120,
  verb: claimCase,
})

export const claimNextCaseAction = defineAction({
  name: 'reports.claim-next',
  input: claimNextSchema,
  permission: 'reports:work',
  limit: 120,
  verb: claimNextCase,
})

export const renewClaimAction = defineAction({
  name: 'reports.renew-claim',
  input: renewClaimSchema,
  permission: 'reports:work',
  limit: 120,
  verb: renewClaim,
})

export const releaseClaimAction = defineAction({
  name: 'reports.release',
  input: releaseClaimSchema,
  permission: 'reports:work',
  limit: 120,
  verb: releaseClaim,
})

export const holdCaseAction = defineAction({
  name: 'reports.hold',
  input: holdCaseSchema,
  permission: 'reports:work',
  limit: 120,
  verb: holdCase,
})

export const handOverCaseAction = defineAction({
  name: 'reports.hand-over',
  input: handOverSchema,
  permission: 'reports:work',
  limit: 60,
  verb: handOverCase,
})

export const escalateCaseAction = defineAction({
  name: 'reports.escalate',
  input: escalateCaseSchema,
  permission: 'reports:work',
  limit: 60,
  verb: escalateCase,
})

export const sendBackCaseAction = defineAction({
  name: 'reports.send-back',
  input: sendBackSchema,
  permission: 'reports:lead',
  limit: 60,
  verb: sendBackCase,
})

export const triageCaseAction = defineAction({
  name: 'reports.triage',
  input: triageCaseSchema,
  permission: 'reports:work',
  limit: 120,
  verb: triageCase,
})

export const writeNoteAction = defineAction({
  name: 'reports.write-note',
  input: writeNoteSchema,
  permission: 'reports:work',
  limit: 60,
  verb: writeNote,
})

export const seeCaseAction = defineAction({
  name: 'reports.see',
  input: seeCaseSchema,
  permission: 'reports:read',
  limit: 120,
  verb: seeCase,
})

export const decideCaseAction = defineAction({
  name: 'reports.decide',
  input: decideCaseSchema,
  permission: 'reports:work',
  limit: 60,
  verb: decideCase,
})

export const undoDecisionAction = defineAction({
  name: 'reports.undo-decision',
  input: undoDecisionSchema,
  permission: 'reports:work',
  limit: 60,
  verb: undoDecision,
})

export const fileAppealAction = defineAction({
  name: 'reports.file-appeal',
  input: fileAppealSchema,
  permission: 'reports:file',
  limit: 60,
  verb: fileAppeal,
})

export const answerAppealAction = defineAction({
  name: 'reports.answer-appeal',
  input: answerAppealSchema,
  permission: 'reports:work',
  limit: 60,
  verb: answerAppeal,
})

export const sweepReporterAction = defineAction({
  name: 'reports.sweep-reporter',
  input: doSweepSchema,
  permission: 'reports:lead',
  limit: 30,
  verb: sweepReporter,
})

export const liftReportMuteAction = defineAction({
  name: 'reports.lift-report-mute',
  input: liftReportMuteSchema,
  permission: 'reports:lead',
  limit: 60,
  verb: liftReportMute,
})

export const fileReportAction = defineAction({
  name: 'reports.file',
  input: fileReportSchema,
  permission: 'reports:file',
  limit: 60,
  verb: fileReport,
})

export const recheckEvidenceAction = defineAction({
  name: 'reports.recheck-evidence',
  input: caseKeySchema,
  permission: 'reports:read',
  limit: 120,
  verb: recheckEvidence,
})
