import * as z from 'zod'
import { appErrorCodes } from '@/lib/errors'
import { groupIdSchema, topicIdSchema } from '@/lib/groups/schemas'
import { fitsPlace } from '@/lib/mutes/place-schemas'
import { maxReasonLength, muteScopes, reasonTextError } from '@/lib/mutes/rules'
import { endSchema, muteFailureSchema } from '@/lib/mutes/schemas'
import { noticeLocales } from '@/lib/settings/report-rules'
import { reportMuteDaysSchema } from './report-mute-schemas'
import { verdicts } from './rules'

/** So many things can be done about the accused in one decision, and so many other cases closed with it. */
export const maxDecisionActions = 6
export const maxClosedWith = 20
/** Characters of a reason: the mutes carry it together with the case's number. */
export const maxDecisionReasonLength = maxReasonLength - 20

const until = z.union([z.int(), z.literal('forever')])
const where = {
  groupId: groupIdSchema.exactOptional(),
  topicId: topicIdSchema.exactOptional(),
  scopes: z
    .array(z.enum(muteScopes, 'invalid'), 'invalid')
    .min(1, 'required')
    .max(2, 'too_many')
    .refine((scopes) => new Set(scopes).size === scopes.length, 'duplicate'),
  /** the versions of the scopes' states that the moderator saw */
  basis: z.partialRecord(z.enum(muteScopes), z.int('invalid').min(0, 'invalid')),
}
const warn = z.strictObject({ kind: z.literal('warn') })
const lift = z.strictObject({ kind: z.literal('lift'), ...where })
const kick = z.strictObject({ kind: z.literal('kick'), groupId: groupIdSchema })

/** What is done about the accused; none is "nothing". */
const actionSchema = z.discriminatedUnion('kind', [
  warn,
  z.strictObject({ kind: z.literal('mute'), ...where, end: endSchema }),
  z.strictObject({ kind: z.literal('extend'), ...where, end: endSchema }),
  lift,
  kick,
])
export type ActionInput = z.infer<typeof actionSchema>

/** The same as it is kept: with an absolute end, so that carrying it out later never lengthens a mute. */
export const decisionActionSchema = z.discriminatedUnion('kind', [
  warn,
  z.strictObject({ kind: z.literal('mute'), ...where, until }),
  z.strictObject({ kind: z.literal('extend'), ...where, until }),
  lift,
  kick,
])
export type DecisionAction = z.infer<typeof decisionActionSchema>
export type MuteAction = Extract<DecisionAction, { kind: 'mute' | 'extend' | 'lift' }>

/** Empty where none was given. */
const reasonText = z
  .string('invalid')
  .trim()
  .max(maxDecisionReasonLength, 'too_long')
  .superRefine((text, { addIssue }) => {
    const error = text === '' ? null : reasonTextError(text)
    if (error) addIssue(error)
  })

const asked = {
  caseId: z.uuid('invalid'),
  verdict: z.enum(verdicts, 'required'),
  actions: z.array(actionSchema, 'invalid').max(maxDecisionActions, 'too_many'),
  notify: z.strictObject({
    /** the language in which the accused is told; null: not told */
    accused: z.enum(noticeLocales, 'invalid').nullable(),
    reporters: z.boolean('invalid'),
  }),
  /** other open cases of the same accused that this decision closes too */
  closeWith: z
    .array(
      z.strictObject({ caseId: z.uuid('invalid'), version: z.int('invalid').min(1, 'invalid') }),
      'invalid',
    )
    .max(maxClosedWith, 'too_many'),
}

/** Each place is named once, so that no two commands of a decision are about the same mute. */
function namesEachPlaceOnce(
  { caseId, actions, closeWith }: { caseId: string; actions: ActionInput[]; closeWith: { caseId: string }[] },
  { addIssue }: z.RefinementCtx,
): void {
  const named = actions.flatMap((action) => {
    if (action.kind === 'warn' || action.kind === 'kick') return [JSON.stringify(action)]
    const { groupId, topicId, scopes } = action
    return scopes.map((scope) => JSON.stringify([groupId, topicId, scope]))
  })
  if (new Set(named).size < named.length)
    addIssue({ code: 'custom', path: ['actions'], message: 'duplicate' })
  const closed = [caseId, ...closeWith.map((other) => other.caseId)]
  if (new Set(closed).size < closed.length)
    addIssue({ code: 'custom', path: ['closeWith'], message: 'duplicate' })
}

function fitTheirPlaces({ actions }: { actions: ActionInput[] }, context: z.RefinementCtx): void {
  for (const action of actions)
    if ('scopes' in action) fitsPlace({ ...action, userId: 'the accused' }, context)
}

export const previewDecisionSchema = z
  .strictObject(asked)
  .superRefine(namesEachPlaceOnce)
  .superRefine(fitTheirPlaces)
export type PreviewDecisionInput = z.infer<typeof previewDecisionSchema>

/** The same as a query: `input` is its JSON, since a query has no lists. */
export const previewDecisionQuerySchema = z.strictObject({
  input: z
    .string('invalid')
    .max(10_000, 'too_long')
    .transform((text, { addIssue }): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        addIssue('invalid')
        return z.NEVER
      }
    })
    .pipe(previewDecisionSchema),
})

export const decideCaseSchema = z
  .strictObject({
    ...asked,
    /** made once per form: a double submit is one decision */
    idempotencyKey: z.uuid('invalid'),
    /** the case's version that was seen */
    version: z.int('invalid').min(1, 'invalid'),
    /** of the claim that the moderator holds; without it the case must be nobody's */
    claimToken: z.uuid('invalid').exactOptional(),
    reasonText,
    /** needed where something else is done than the ladder says */
    overrideReason: reasonText.exactOptional(),
    /** when it shall come back: "look again", epoch ms */
    lookAgainAt: z.int('invalid').min(0, 'in_past').max(8.64e15, 'beyond_maximum').nullable(),
    /** with bad faith alone: what its reporters report is set aside for so long */
    muteReporterDays: reportMuteDaysSchema.exactOptional(),
  })
  .refine(({ verdict, muteReporterDays }) => verdict === 'bad_faith' || muteReporterDays === undefined, {
    path: ['muteReporterDays'],
    error: 'invalid',
  })
  .superRefine(namesEachPlaceOnce)
  .superRefine(fitTheirPlaces)
export type DecideCaseInput = z.infer<typeof decideCaseSchema>

/** What has to be known to end a decision whose process died. */
export const decisionPlanSchema = z.strictObject({
  closeWith: z.array(z.uuid()),
  notify: asked.notify,
  lookAgainAt: z.int().nullable(),
  muteReporterDays: reportMuteDaysSchema.exactOptional(),
})
export type DecisionPlan = z.infer<typeof decisionPlanSchema>

/** Why a decision was not carried out: which of its actions failed, and what was done before it. */
export const decisionFailureSchema = z.strictObject({
  /** its place in `actions` */
  action: z.int(),
  code: z.enum(appErrorCodes),
  failure: muteFailureSchema.exactOptional(),
})
export type DecisionFailure = z.infer<typeof decisionFailureSchema>

/** What an undo came to. */
export const decisionUndoSchema = z.strictObject({
  commands: z.array(
    z.strictObject({
      commandId: z.uuid(),
      outcome: z.enum(['restored', 'changed', 'open', 'failed']),
      /** who changed it since, and when (epoch ms) */
      by: z.string().exactOptional(),
      at: z.number().exactOptional(),
    }),
  ),
})
export type DecisionUndo = z.infer<typeof decisionUndoSchema>

export const undoDecisionSchema = z.strictObject({ decisionId: z.uuid('invalid') })
export type UndoDecisionInput = z.infer<typeof undoDecisionSchema>

export const caseIdSchema = z.strictObject({ caseId: z.uuid('invalid') })
export type CaseIdInput = z.infer<typeof caseIdSchema>
