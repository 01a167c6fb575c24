import { noRun, type ReadCase } from './read-case'
import { reportReads } from './report-read-cases'

/** A group that the demo's data has. */
const plaza = encodeURIComponent('@TGS#2PLAZA0001')

/** Every route that asks for a session. */
export const reads: Record<string, ReadCase> = {
  ...reportReads,
  'accounts/[connection]/[userId]': {
    good: 'accounts/sg/nobody',
    wrong: [
      `accounts/sg/${'x'.repeat(33)}`,
      'accounts/sg/%E9%9D%99',
      'accounts/SG/nobody',
      'accounts/sg/a%00b',
    ],
    nowhere: 'accounts/nowhere/nobody',
  },
  'accounts/[connection]/[userId]/avatar': {
    good: 'accounts/sg/nobody/avatar',
    isAbsent: true,
    wrong: [
      `accounts/sg/${'x'.repeat(33)}/avatar`,
      'accounts/sg/nobody/avatar?url=http%3A%2F%2F127.0.0.1%2F',
      'accounts/..%2Fsg/nobody/avatar',
    ],
    nowhere: 'accounts/nowhere/nobody/avatar',
  },
  'accounts/search': {
    good: 'accounts/search?q=nobody',
    wrong: ['accounts/search', `accounts/search?q=${'x'.repeat(4_001)}`, 'accounts/search?q=a&role=admin'],
    nowhere: 'accounts/search?q=nobody&connection=nowhere',
  },
  'bulk-mutes': {
    good: 'bulk-mutes?status=cancelled',
    wrong: ['bulk-mutes?status=asleep', 'bulk-mutes?before=1', 'bulk-mutes?role=admin'],
  },
  'bulk-mutes/active': { good: 'bulk-mutes/active', wrong: ['bulk-mutes/active?status=done'] },
  'bulk-mutes/[bulkId]': {
    good: `bulk-mutes/${noRun}`,
    isAbsent: true,
    wrong: ['bulk-mutes/1', `bulk-mutes/${noRun}?extra=1`],
  },
  'bulk-mutes/[bulkId]/items': {
    good: `bulk-mutes/${noRun}/items`,
    isAbsent: true,
    wrong: [
      `bulk-mutes/${noRun}/items?limit=501`,
      `bulk-mutes/${noRun}/items?state=asleep`,
      `bulk-mutes/${noRun}/items?after=-1`,
    ],
  },
  'bulk-mutes/[bulkId]/export': {
    good: `bulk-mutes/${noRun}/export`,
    isAbsent: true,
    wrong: ['bulk-mutes/1/export', `bulk-mutes/${noRun}/export?only=everybody`],
  },
  groups: {
    good: 'groups?q=nothing',
    wrong: [`groups?q=${'x'.repeat(201)}`, 'groups?q=a&role=admin', 'groups?connection=..%2Fsg'],
    nowhere: 'groups?q=nothing&connection=nowhere',
  },
  'groups/[connection]/[groupId]': {
    good: `groups/sg/${plaza}`,
    wrong: [`groups/sg/${'x'.repeat(97)}`, 'groups/sg/%E9%9D%99', `groups/sg/${plaza}?extra=1`],
    nowhere: `groups/nowhere/${plaza}`,
  },
  'groups/[connection]/[groupId]/members': {
    good: `groups/sg/${plaza}/members`,
    wrong: [
      `groups/sg/${plaza}/members?only=everybody`,
      `groups/sg/${plaza}/members?cursor=${'1'.repeat(501)}`,
      `groups/sg/${'x'.repeat(97)}/members`,
    ],
    nowhere: `groups/nowhere/${plaza}/members`,
  },
  'groups/[connection]/[groupId]/mutes': {
    good: `groups/sg/${plaza}/mutes`,
    wrong: [`groups/sg/${plaza}/mutes?userId=`, `groups/sg/${plaza}/mutes?scope=everyone`],
    nowhere: `groups/nowhere/${plaza}/mutes`,
  },
  'groups/[connection]/[groupId]/history': {
    good: `groups/sg/${plaza}/history`,
    wrong: [`groups/sg/${plaza}/history?before=1`, `groups/sg/${plaza}/history?userId=${'x'.repeat(33)}`],
    nowhere: `groups/nowhere/${plaza}/history`,
  },
  'mutes/[connection]/[userId]': {
    good: 'mutes/sg/nobody',
    wrong: [`mutes/sg/${'x'.repeat(33)}`, 'mutes/..%2Fsg/nobody', 'mutes/sg/nobody?extra=1'],
    nowhere: 'mutes/nowhere/nobody',
  },
  'mutes/[connection]/[userId]/groups': {
    good: 'mutes/sg/nobody/groups',
    wrong: [`mutes/sg/${'x'.repeat(33)}/groups`, 'mutes/sg/nobody/groups?extra=1'],
    nowhere: 'mutes/nowhere/nobody/groups',
  },
  'mutes/[connection]/[userId]/history': {
    good: 'mutes/sg/nobody/history',
    wrong: ['mutes/sg/nobody/history?before=1', `mutes/sg/${'x'.repeat(33)}/history`],
    nowhere: 'mutes/nowhere/nobody/history',
  },
  'mutes/export': {
    good: 'mutes/export?connection=nowhere',
    isFile: true,
    wrong: ['mutes/export?ends=soon', 'mutes/export?groupId=a%00b', 'mutes/export?after=1'],
  },
  'mutes/states': {
    good: 'mutes/states?accounts=sg/nobody',
    wrong: [
      'mutes/states',
      'mutes/states?accounts=nobody',
      `mutes/states?accounts=sg/${'x'.repeat(33)}`,
      `mutes/states?accounts=${Array(26).fill('sg/nobody').join('%0A')}`,
    ],
    nowhere: 'mutes/states?accounts=nowhere/nobody',
  },
  reports: {
    good: 'reports?tab=done',
    role: 'support',
    wrong: ['reports?tab=all', 'reports?after=1', `reports?accused=${'x'.repeat(33)}`, 'reports?role=admin'],
  },
  'settings/history': {
    good: 'settings/history?key=mute-presets',
    role: 'lead',
    wrong: [
      'settings/history',
      'settings/history?key=secrets',
      'settings/history?key=mute-presets&before=0',
      'settings/history?key=mute-presets&version=1',
    ],
  },
  'providers/advice': {
    good: 'providers/advice?provider=tencent&kind=timeout',
    wrong: ['providers/advice', 'providers/advice?provider=constructor&kind=timeout'],
  },
}
