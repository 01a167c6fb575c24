import { expect, it } from 'vitest'
import { summarize } from './summary'

const step = { name: 'types', seconds: 1.234 }

it('ends with one line that counts everything', () => {
  const { lines, isGood } = summarize([
    { ...step, passed: 1, failed: 0 },
    { ...step, name: 'unit tests', passed: 40, failed: 0 },
  ])
  expect(lines.at(-1)).toBe('41 passed, 0 failed')
  expect(isGood).toBe(true)
})

it('is bad when one step failed, whatever came after it', () => {
  const { lines, isGood } = summarize([
    { ...step, passed: 0, failed: 1 },
    { ...step, name: 'unit tests', passed: 40, failed: 0 },
  ])
  expect(lines[0]).toContain('FAILED types')
  expect(lines.at(-1)).toBe('40 passed, 1 failed')
  expect(isGood).toBe(false)
})

it('repeats what failed and why before it counts', () => {
  const { lines } = summarize([{ ...step, passed: 1, failed: 1, failures: ['a test\n    expected 1'] }])
  expect(lines[0]).toBe('a test\n    expected 1')
})

it('names what passed at the second try, which spoils nothing', () => {
  const { lines, isGood } = summarize([
    { ...step, passed: 2, failed: 1, failures: ['a test'] },
    { ...step, passed: 1, failed: 0, repeats: ['another\n    too late'] },
  ])
  expect(lines.slice(0, 2)).toEqual(['a test', 'passed at the second try: another\n    too late'])
  expect(lines.at(-1)).toBe('3 passed, 1 failed')
  expect(isGood).toBe(false)
  expect(summarize([{ ...step, passed: 1, failed: 0, repeats: ['another'] }]).isGood).toBe(true)
})

it('begins with the slowest tests', () => {
  const { lines } = summarize([
    { ...step, passed: 1, failed: 1, failures: ['a test'], slowest: ['9.0 s  another'] },
  ])
  expect(lines.slice(0, 2)).toEqual(['9.0 s  another', 'a test'])
})

it('is bad when nothing ran', () => {
  expect(summarize([])).toEqual({ lines: ['0 passed, 0 failed'], isGood: false })
})
