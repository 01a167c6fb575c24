/**
 * `failures` tells of each failed test its name and why, `repeats` the same of each that failed and passed when it was
 * tried again; those are among the passed. `slowest` are the tests to make faster first.
 */
export type Count = {
  passed: number
  failed: number
  failures?: string[]
  repeats?: string[]
  slowest?: string[]
}

/**
 * The closing lines of a run, its failures and repeats once more so that they are found at the end, and whether it was
 * good: nothing failed, and something ran.
 */
export function summarize(steps: readonly (Count & { name: string; seconds: number })[]): {
  lines: string[]
  isGood: boolean
} {
  const width = Math.max(0, ...steps.map(({ name }) => name.length))
  const passed = steps.reduce((sum, step) => sum + step.passed, 0)
  const failed = steps.reduce((sum, step) => sum + step.failed, 0)
  return {
    lines: [
      ...steps.flatMap(({ slowest = [] }) => slowest),
      ...steps.flatMap(({ failures = [] }) => failures),
      ...steps.flatMap(({ repeats = [] }) => repeats).map((repeat) => `passed at the second try: ${repeat}`),
      ...steps.map(
        (step) =>
          `${step.failed === 0 ? 'ok    ' : 'FAILED'} ${step.name.padEnd(width)} ${step.seconds.toFixed(1).padStart(6)} s  ` +
          `${step.passed} passed, ${step.failed} failed`,
      ),
      `${passed} passed, ${failed} failed`,
    ],
    isGood: failed === 0 && passed > 0,
  }
}
