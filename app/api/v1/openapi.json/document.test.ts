import { globSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { apiDocument } from './document'

const root = path.resolve(import.meta.dirname, '../../../..')
const document = apiDocument('https://mod.example.com')

const schema = z.union([z.record(z.string(), z.unknown()), z.boolean()])
const content = z.strictObject({ 'application/json': z.strictObject({ schema }) })
const operation = z.strictObject({
  operationId: z.string().regex(/^[\w.-]+$/),
  summary: z.string().min(1),
  description: z.string().min(1),
  parameters: z.array(
    z.strictObject({
      name: z.string(),
      in: z.enum(['path', 'query', 'header']),
      required: z.boolean(),
      description: z.string().optional(),
      schema,
    }),
  ),
  requestBody: z.strictObject({ required: z.literal(true), content }).optional(),
  responses: z.record(
    z.string().regex(/^[2-5]\d\d$/),
    z.strictObject({ description: z.string().min(1), content }),
  ),
})

test('the document has the structure of OpenAPI 3.1', () => {
  const parsed = z
    .strictObject({
      openapi: z.literal('3.1.0'),
      info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
      servers: z.tuple([z.strictObject({ url: z.url() })]),
      security: z.tuple([z.strictObject({ key: z.tuple([]) })]),
      paths: z.record(
        z.string().startsWith('/'),
        z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), operation),
      ),
      components: z.strictObject({
        securitySchemes: z.strictObject({ key: z.looseObject({ type: z.literal('http') }) }),
        schemas: z.record(z.string(), schema),
      }),
    })
    .parse(JSON.parse(JSON.stringify(document)))
  for (const [address, methods] of Object.entries(parsed.paths)) {
    for (const { parameters, responses } of Object.values(methods)) {
      const named = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const inPath = parameters.filter((parameter) => parameter.in === 'path')
      expect(inPath.map(({ name }) => name)).toEqual(named)
      expect(inPath.every(({ required }) => required)).toBe(true)
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '403', '422', '429']))
    }
  }
})

test('every reference in it leads somewhere', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref)
  expect([...new Set(references)]).toEqual(['#/components/schemas/Error'])
})

test('every route of the API is in it, with its methods, and nothing else', async () => {
  const routes = globSync('app/api/v1/**/route.ts', { cwd: root }).filter(
    (file) => !file.includes('openapi.json'),
  )
  const declared = await Promise.all(
    routes.map(async (file) => {
      const exported: Record<string, unknown> = await import(path.join(root, file))
      const address = file
        .replace(/^app/, '')
        .replace(/\/route\.ts$/, '')
        .replaceAll(/\[(\w+)\]/g, '{$1}')
      return [
        address,
        Object.keys(exported)
          .map((method) => method.toLowerCase())
          .sort(),
      ] as const
    }),
  )
  const described = Object.entries(document.paths).map(([address, methods]) => [
    address,
    Object.keys(methods).sort(),
  ])
  expect(Object.fromEntries(described)).toEqual(Object.fromEntries(declared))
})
