'use server'

import { defineAction } from '@/lib/action'
import { answerAppeal } from './answer-appeal'
import { answerAppealSchema, fileAppealSchema, sweepReporterSchema } from './appeal-schemas'
import { decideCase } from './decide'
import { decideCaseSchema, undoDecisionSchema } from './decision-schemas'
import { fileAppeal } from './file-appeal'
import { sweepReporter } from './sweep-reporter'
import { undoDecision } from './undo-decision'

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
  input: sweepReporterSchema,
  permission: 'reports:lead',
  limit: 30,
  verb: sweepReporter,
})
