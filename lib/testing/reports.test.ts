import { expect, it } from 'vitest'
import { readPlaywrightReport, readVitestReport } from './reports'

it("reads vitest's counts, and of each failed test why it failed", () => {
  const assertionResults = [
    {
      fullName: 'a mute ends',
      status: 'failed',
      failureMessages: ['\u001b[31mexpected 1\u001b[39m\n\nto be 2'],
    },
    { fullName: 'a mute begins', status: 'passed', failureMessages: [] },
  ]
  const json = { numPassedTests: 1, numFailedTests: 1, testResults: [{ assertionResults }] }
  expect(readVitestReport(json)).toEqual({
    passed: 1,
    failed: 1,
    failures: ['a mute ends\n    expected 1\n    to be 2'],
  })
})

it("reads Playwright's, in whatever depth the test stands, and names those that passed at the second try", () => {
  const spec = (title: string, status: string, message: string) => ({
    title,
    file: 'kill.spec.ts',
    tests: [
      {
        status,
        results: [
          { status: 'failed', duration: 2_340, errors: [{ message }] },
          ...(status === 'flaky' ? [{ status: 'passed', duration: 12_000, errors: [] }] : []),
        ],
      },
    ],
  })
  const json = {
    stats: { expected: 3, unexpected: 1, flaky: 1 },
    suites: [
      {
        specs: [spec('killed', 'unexpected', 'too late')],
        suites: [{ specs: [spec('stopped', 'flaky', 'odd')] }],
      },
      { specs: [spec('started', 'expected', '')] },
    ],
  }
  expect(readPlaywrightReport(json)).toEqual({
    passed: 4,
    failed: 1,
    failures: ['kill.spec.ts: killed\n    too late'],
    repeats: ['kill.spec.ts: stopped\n    odd'],
    slowest: ['12.0 s  kill.spec.ts: stopped', '2.3 s  kill.spec.ts: killed', '2.3 s  kill.spec.ts: started'],
  })
})
