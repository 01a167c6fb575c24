import * as z from 'zod'
import { type ApiOperation, apiErrorSchema, idempotencyKeySchema, maxApiBodyBytes } from '@/lib/api-operation'
import {
  cancelBulkMuteOperation,
  getBulkMuteOperation,
  listBulkItemsOperation,
  submitBulkMuteOperation,
} from '@/lib/bulk-mutes/api-schemas'
import { getReportOperation, submitReportOperation } from '@/lib/reports/api-schemas'
import { fileAppealOperation } from '@/lib/reports/appeal-schemas'

type JsonSchema = z.core.JSONSchema.JSONSchema

const operations: readonly ApiOperation[] = [
  submitBulkMuteOperation,
  getBulkMuteOperation,
  listBulkItemsOperation,
  cancelBulkMuteOperation,
  fileAppealOperation,
  submitReportOperation,
  getReportOperation,
]

/** The public API as an OpenAPI 3.1 document, made of what its routes are made of. `origin`: the console's own. */
export function apiDocument(origin: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hushdesk',
      version: '1',
      description:
        'Bulk mutes, abuse reports and appeals for other programs. Each key acts in the name of a moderator, with at ' +
        'most their rights. Instants ' +
        'are epoch milliseconds by the server’s clock.',
    },
    servers: [{ url: origin }],
    security: [{ key: [] }],
    paths: Object.fromEntries(
      [...Map.groupBy(operations, ({ path }) => path)].map(([path, of]) => [
        path,
        Object.fromEntries(of.map((operation) => [operation.method, operationObject(operation)])),
      ]),
    ),
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key, `hd_…`.' } },
      schemas: { Error: schemaOf(apiErrorSchema) },
    },
  }
}

function operationObject(operation: ApiOperation) {
  const { name, summary, description, scope, limit, status, answer, method } = operation
  const hasBody = method === 'post' && !operation.isBodiless
  const refused = { ...refusals, ...(method === 'post' && refusedChanges), ...(hasBody && refusedBodies) }
  return {
    operationId: name.replace(/^api\./, ''),
    summary,
    description: `${description}\n\nNeeds the scope \`${scope}\`. At most ${limit} calls a minute with one key.`,
    ...(hasBody
      ? { parameters: [idempotencyKey], requestBody: bodyOf(operation) }
      : { parameters: parametersOf(operation) }),
    responses: {
      [status]: { description: summary, content: { 'application/json': { schema: schemaOf(answer) } } },
      ...Object.fromEntries(
        Object.entries(refused).map(([code, why]) => [
          code,
          {
            description: why,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
          },
        ]),
      ),
    },
  }
}

const refusals = {
  401: 'The key is missing, wrong or revoked, or its moderator is disabled.',
  403: 'The key has not the scope, or its moderator not the right.',
  404: 'There is no such run, report or connection.',
  422: 'A field is wrong, missing or unknown; `fields` says which.',
  429: 'Too many calls; `Retry-After` says how many seconds to wait.',
  500: 'Something went wrong in the console.',
}

const refusedChanges = {
  409: 'The run does not stand where that is possible.',
}

const refusedBodies = {
  409: 'The Idempotency-Key was used with another body, or the provider has no such mute.',
  413: `The body is longer than ${maxApiBodyBytes} bytes.`,
  415: 'The body is not `application/json`.',
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'A UUID made once per change: sent again after a lost answer, nothing is done twice.',
  schema: schemaOf(idempotencyKeySchema),
}

function bodyOf({ input }: ApiOperation) {
  return { required: true, content: { 'application/json': { schema: schemaOf(input) } } }
}

/** What the path names comes from there, the rest from the query. */
function parametersOf({ input, path }: ApiOperation) {
  const { properties = {}, required = [] } = schemaOf(input)
  return Object.entries(properties).map(([name, schema]) => {
    const isInPath = path.includes(`{${name}}`)
    return {
      name,
      in: isInPath ? 'path' : 'query',
      required: isInPath || required.includes(name),
      schema,
    }
  })
}

/** What may be sent, or what is answered: answers have neither defaults nor anything else that differs between the two. */
function schemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input' })
  return rest
}
