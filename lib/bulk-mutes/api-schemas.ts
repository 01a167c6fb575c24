import * as z from 'zod'
import type { ApiOperation } from '@/lib/api-operation'
import { muteScopes, reasonCategories } from '@/lib/mutes/rules'
import { muteFailureSchema } from '@/lib/mutes/schemas'
import { bulkKinds, bulkStatuses, forecasts, itemStates, pauseReasons, skipReasons } from './rules'
import { bulkKeySchema, listBulkItemsSchema, submitBulkMuteSchema } from './schemas'

const instant = z.int().meta({ description: 'epoch milliseconds' })
const until = z
  .union([z.int(), z.literal('forever')])
  .nullable()
  .meta({ description: 'epoch milliseconds or `forever`; null: not muted' })

/** What never changes about a run: the answer to making it, the same however often it is asked for. */
const made = {
  id: z.uuid(),
  kind: z.enum(bulkKinds),
  connection: z.object({ key: z.string(), name: z.string(), provider: z.enum(['tencent', 'zego']) }),
  userId: z
    .string()
    .nullable()
    .meta({ description: 'the one account whose groups are the items; null: the items are accounts' }),
  groupId: z.string().nullable().meta({ description: 'null: everywhere, or in the groups of one account' }),
  topicId: z.string().nullable(),
  scopes: z.array(z.enum(muteScopes)),
  until,
  mayShorten: z.boolean(),
  reason: z.object({ category: z.enum(reasonCategories), text: z.string() }),
  createdAt: instant,
  total: z.int().meta({ description: 'accounts in the run, or groups of its one account' }),
}

export const madeBulkMuteSchema = z.object(made).meta({ description: 'What never changes about a run.' })

export const publicBulkMuteSchema = z
  .object({
    ...made,
    status: z.enum(bulkStatuses),
    approval: z
      .enum(['size', 'forever'])
      .nullable()
      .meta({ description: 'why a second person has to agree; null: nobody has to' }),
    previewedAt: instant.nullable(),
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    pause: z.object({ why: z.enum(pauseReasons), failure: muteFailureSchema.nullable() }).nullable(),
    previewFailure: muteFailureSchema
      .nullable()
      .meta({ description: 'why the preview has not come yet; it is tried again by itself' }),
    forecasts: z
      .partialRecord(z.enum(forecasts), z.int())
      .meta({ description: 'how many accounts of each forecast; empty until previewed' }),
    states: z
      .record(z.enum(itemStates), z.int())
      .meta({ description: 'how many accounts are in each state' }),
    serverNow: instant,
  })
  .meta({ description: 'A run as it stands.' })

export const publicBulkItemsSchema = z
  .object({
    items: z.array(
      z.object({
        position: z.int(),
        userId: z.string(),
        nickname: z.string().nullable(),
        groupId: z.string().nullable().meta({ description: 'in a run over the groups of one account' }),
        forecast: z.enum(forecasts).nullable(),
        changes: z.array(z.object({ scope: z.enum(muteScopes), before: until, after: until })),
        state: z.enum(itemStates),
        skipped: z.enum(skipReasons).nullable(),
        failure: muteFailureSchema.nullable(),
        verifiedAt: instant.nullable().meta({ description: 'when the provider showed it' }),
        differs: z.boolean().meta({
          description:
            'taken by the provider, which then showed something else: perhaps the account has left the group',
        }),
      }),
    ),
    next: z.int().nullable().meta({ description: '`after` of the next page; null: this is the last one' }),
    serverNow: instant,
  })
  .meta({ description: 'A page of the accounts of a run, in their order.' })

export const submitBulkMuteOperation = {
  name: 'api.bulk-mutes.create',
  method: 'post',
  path: '/api/v1/bulk-mutes',
  summary: 'Mute, or lift the mutes of, up to 500 accounts',
  description:
    'Names either a `groupId`, maybe with a `topicId`, or `scopes` for everywhere, or, for one account, `everyGroup`: each ' +
    'group that it is in now. The server previews the run and then ' +
    'starts it by itself, unless `previewOnly` is true. Above the configured size, or for ever, it waits as ' +
    '`awaiting_approval` for a second person. The same Idempotency-Key with the same body gives the same answer; with ' +
    'another body it is refused with 409.',
  scope: 'bulk-mutes:write',
  permission: 'mutes:bulk',
  limit: 120,
  input: submitBulkMuteSchema,
  answer: madeBulkMuteSchema,
  status: 202,
} as const satisfies ApiOperation

export const getBulkMuteOperation = {
  name: 'api.bulk-mutes.get',
  method: 'get',
  path: '/api/v1/bulk-mutes/{bulkId}',
  summary: 'A run as it stands',
  description: 'Ask again every few seconds until `status` is `done` or `cancelled`.',
  scope: 'bulk-mutes:read',
  permission: 'accounts:read',
  limit: 600,
  input: bulkKeySchema,
  answer: publicBulkMuteSchema,
  status: 200,
} as const satisfies ApiOperation

export const cancelBulkMuteOperation = {
  name: 'api.bulk-mutes.cancel',
  method: 'post',
  path: '/api/v1/bulk-mutes/{bulkId}/cancel',
  summary: 'End a run before its next accounts',
  description:
    'What is done stays done, what is on its way comes to its end, the rest is left out. Takes no body. A run that is ' +
    'over already is refused with 409 and stays as it is.',
  scope: 'bulk-mutes:write',
  permission: 'mutes:bulk',
  limit: 120,
  input: bulkKeySchema,
  isBodiless: true,
  answer: publicBulkMuteSchema,
  status: 200,
} as const satisfies ApiOperation

export const listBulkItemsOperation = {
  name: 'api.bulk-mutes.items',
  method: 'get',
  path: '/api/v1/bulk-mutes/{bulkId}/items',
  summary: 'What became of each account of a run',
  description: 'Page by page: give `next` of one page as `after` of the following one.',
  scope: 'bulk-mutes:read',
  permission: 'accounts:read',
  limit: 600,
  input: listBulkItemsSchema,
  answer: publicBulkItemsSchema,
  status: 200,
} as const satisfies ApiOperation
