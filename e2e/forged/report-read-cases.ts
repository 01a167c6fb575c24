import { noRun, type ReadCase } from './read-case'

/** A preview of a decision on a case that is not there. */
const decision = (change: object = {}) =>
  `reports/decisions/preview?input=${encodeURIComponent(
    JSON.stringify({
      caseId: noRun,
      verdict: 'valid',
      actions: [],
      notify: { accused: null, reporters: false },
      closeWith: [],
      ...change,
    }),
  )}`

/** The routes about reports. */
export const reportReads: Record<string, ReadCase> = {
  'reports/live': {
    good: `reports/live?caseId=${noRun}`,
    role: 'support',
    isStream: true,
    wrong: ['reports/live?caseId=812', `reports/live?caseId=${noRun}&role=admin`],
  },
  'reports/stands': {
    good: `reports/stands?cases=${noRun},${noRun}`,
    role: 'support',
    wrong: [
      'reports/stands',
      'reports/stands?cases=',
      `reports/stands?cases=${noRun},812`,
      `reports/stands?cases=${Array(26).fill(noRun)}`,
    ],
  },
  'reports/decisions/basis': {
    good: `reports/decisions/basis?caseId=${noRun}`,
    role: 'support',
    isAbsent: true,
    wrong: ['reports/decisions/basis', 'reports/decisions/basis?caseId=1'],
  },
  'reports/decisions/preview': {
    good: decision(),
    role: 'support',
    isAbsent: true,
    wrong: [
      'reports/decisions/preview?input=%7B',
      decision({ verdict: 'guilty' }),
      decision({ role: 'admin' }),
    ],
  },
  'reports/[caseId]/file': {
    good: `reports/${noRun}/file?messageId=1&index=0`,
    role: 'support',
    isAbsent: true,
    wrong: [
      `reports/${noRun}/file?messageId=1`,
      `reports/${noRun}/file?messageId=1&index=100`,
      `reports/${noRun}/file?messageId=%20&index=0`,
      `reports/${noRun}/file?messageId=1&index=0&url=http%3A%2F%2F127.0.0.1%2F`,
    ],
  },
  'reports/[caseId]/kept': {
    good: `reports/${noRun}/kept?after=1`,
    role: 'support',
    isAbsent: true,
    wrong: [
      `reports/${noRun}/kept`,
      `reports/${noRun}/kept?after=%20`,
      `reports/${noRun}/kept?after=1&limit=9`,
    ],
  },
  'reports/[caseId]/neighbours': {
    good: `reports/${noRun}/neighbours?tab=held&at=1.0.${noRun}`,
    role: 'support',
    wrong: [
      `reports/${noRun}/neighbours?tab=all`,
      `reports/${noRun}/neighbours?at=1.0`,
      `reports/${noRun}/neighbours?after=1.0.${noRun}`,
      `reports/1/neighbours`,
    ],
  },
  'reports/[caseId]/history': {
    good: `reports/${noRun}/history?direction=older`,
    role: 'support',
    isAbsent: true,
    wrong: [
      `reports/${noRun}/history`,
      `reports/${noRun}/history?direction=sideways`,
      `reports/${noRun}/history?direction=newer&from=-1`,
      `reports/${noRun}/history?direction=older&view=2`,
      `reports/${noRun}/history?direction=older&userId=lin88`,
    ],
  },
  'reports/linked': {
    good: 'reports/linked?connection=sg&userId=nobody',
    role: 'support',
    wrong: [
      'reports/linked?connection=sg',
      `reports/linked?connection=sg&userId=${'x'.repeat(33)}`,
      'reports/linked?connection=..%2Fsg&userId=a',
      'reports/linked?connection=sg&userId=a&depth=9',
    ],
    nowhere: 'reports/linked?connection=nowhere&userId=nobody',
  },
  'reports/sweep': {
    good: 'reports/sweep?connection=sg&reporterId=nobody',
    role: 'lead',
    wrong: ['reports/sweep?connection=sg', 'reports/sweep?connection=SG&reporterId=a'],
  },
  'reports/counts': { good: 'reports/counts', role: 'support', wrong: ['reports/counts?tab=new'] },
  'reports/mine': { good: 'reports/mine', role: 'support', wrong: ['reports/mine?actorId=1'] },
  'reports/colleagues': {
    good: 'reports/colleagues',
    role: 'support',
    wrong: ['reports/colleagues?role=admin'],
  },
  'reports/[caseId]': {
    good: `reports/${noRun}`,
    role: 'support',
    isAbsent: true,
    wrong: ['reports/1', `reports/${noRun}?extra=1`],
  },
}
