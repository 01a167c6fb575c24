import { stripVTControlCharacters } from 'node:util'
import * as z from 'zod'
import type { Count } from './summary'

const shownLines = 6
const shownSlowest = 10

const vitestSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  testResults: z.array(
    z.object({
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
})

/** What vitest's JSON report says. */
export function readVitestReport(json: unknown): Count {
  const report = vitestSchema.parse(json)
  const failures = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => describeFailure(fullName, failureMessages?.join('\n') ?? ''))
  return { passed: report.numPassedTests, failed: report.numFailedTests, failures }
}

const resultSchema = z.object({
  status: z.string(),
  /** milliseconds */
  duration: z.number(),
  errors: z.array(z.object({ message: z.string().optional() })).default([]),
})
const specSchema = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(z.object({ status: z.string(), results: z.array(resultSchema) })),
})
type Suite = { specs?: z.infer<typeof specSchema>[] | undefined; suites?: Suite[] | undefined }
const suiteSchema: z.ZodType<Suite> = z.object({
  specs: z.array(specSchema).optional(),
  get suites() {
    return z.array(suiteSchema).optional()
  },
})
const playwrightSchema = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int() }),
  suites: z.array(suiteSchema),
})

/** What Playwright's JSON report says. A test that passed only when it was tried again has passed, and is named. */
export function readPlaywrightReport(json: unknown): Count {
  const { stats, suites } = playwrightSchema.parse(json)
  const specs = suites.flatMap(specsOf)
  const tell = (wanted: string) =>
    specs.flatMap(({ title, file, tests }) =>
      tests
        .filter(({ status }) => status === wanted)
        .map(({ results }) => describeFailure(`${file}: ${title}`, messagesOf(results))),
    )
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    failures: tell('unexpected'),
    repeats: tell('flaky'),
    slowest: slowestOf(specs),
  }
}

function slowestOf(specs: readonly z.infer<typeof specSchema>[]): string[] {
  return specs
    .map(({ title, file, tests }) => {
      const durations = tests.flatMap(({ results }) => results.map(({ duration }) => duration))
      return { name: `${file}: ${title}`, ms: Math.max(0, ...durations) }
    })
    .sort((a, b) => b.ms - a.ms)
    .slice(0, shownSlowest)
    .map(({ name, ms }) => `${(ms / 1000).toFixed(1)} s  ${name}`)
}

function specsOf({ specs = [], suites = [] }: Suite): z.infer<typeof specSchema>[] {
  return [...specs, ...suites.flatMap(specsOf)]
}

function messagesOf(results: z.infer<typeof resultSchema>[]): string {
  return results
    .flatMap(({ errors }) => errors)
    .map(({ message }) => message ?? '')
    .join('\n')
}

/** The name, and below it the first lines that say why. */
function describeFailure(name: string, message: string): string {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, shownLines)
  return [name, ...lines.map((line) => `    ${line}`)].join('\n')
}
