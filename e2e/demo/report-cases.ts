import type { CaseStatus, ReportCategory, Verdict } from '../../lib/reports/rules'
import { workedDemoCases } from './report-cases-worked'

const noodles = '@TGS#2NOODLES01'
const news = '@TGS#_@TGS#cLUMEN0001'

/** A case of the demo: who is accused of what by whom, how long ago, and how far it is. */
export type DemoCase = {
  accusedId: string
  category: ReportCategory
  /** what each reporter says, by reporter */
  reports: Record<string, string>
  hoursAgo: number
  connection?: 'zim'
  groupId?: string
  peerId?: string
  status?: Exclude<CaseStatus, 'decided' | 'merged' | 'appealed'>
  verdict?: Verdict
  /** what was written, the accused's words first; else those of the demo's groups */
  said?: readonly string[]
}

const long = '从上周开始，这个账号每天晚上都会在群里骂人，我已经劝过很多次，也截图留了证据。'.repeat(12)

/** About thirty of them, in every state that needs nothing but a case. */
export const demoCases: readonly DemoCase[] = [
  {
    accusedId: 'wang_xm_1996',
    category: 'threat_to_life',
    peerId: 'lin88',
    hoursAgo: 0.05,
    reports: { lin88: '他说知道我住哪里，我很害怕。' },
    said: ['你等着', '我知道你住哪里'],
  },
  {
    accusedId: 'wang_xm_1996',
    category: 'harassment',
    groupId: noodles,
    hoursAgo: 2,
    reports: {
      lin88: '一直在骂人',
      sakura: 'グループの雰囲気が悪くなりました。',
      'tanaka-taro': '何度注意しても続けています。',
      bob: 'insults people',
    },
    said: ['你懂什么拉面', '闭嘴吧，蠢货', '滚出这个群'],
  },
  {
    accusedId: 'adm1n_support',
    category: 'scam',
    groupId: noodles,
    hoursAgo: 1.5,
    reports: { lin88: '假冒客服', yuki_0214: '偽の公式アカウントです', bob: 'fake support, phishing link' },
    said: ['🔥 FREE COINS 🔥 https://example.com/prize?id=1'],
  },
  {
    accusedId: 'adm1n_support',
    category: 'scam',
    peerId: 'alice',
    hoursAgo: 1,
    reports: { alice: 'Pretends to be you and wants my password.' },
    said: ['Your account is locked: https://example.com/unlock'],
  },
  {
    accusedId: 'oleg77',
    category: 'hate',
    groupId: news,
    hoursAgo: 5,
    reports: { layla: 'He insults my religion, again and again.', noam: 'hate' },
    said: ['go back to where you came from'],
  },
  {
    accusedId: 'minjun',
    category: 'spam',
    groupId: news,
    hoursAgo: 20,
    reports: { zoe: 'same advert every hour' },
    said: ['지금 가입하면 쿠폰!', '지금 가입하면 쿠폰!'],
  },
  {
    accusedId: '13800000042',
    category: 'sexual',
    peerId: 'lina_2024',
    hoursAgo: 0.6,
    reports: { lina_2024: '给我发不雅照片' },
    said: ['看这个'],
  },
  {
    accusedId: 'zalgo',
    category: 'other',
    hoursAgo: 26,
    reports: { alice: 'I cannot read this person’s name, and my phone gets hot.' },
  },
  {
    accusedId: 'markup',
    category: 'spam',
    groupId: noodles,
    hoursAgo: 7,
    reports: { bob: '<img src=x onerror=alert(1)> tries to break the app' },
    said: ['<script>alert(1)</script>'],
  },
  {
    accusedId: 'mixed.dir',
    category: 'harassment',
    peerId: 'noam',
    hoursAgo: 9,
    reports: { noam: '\u202eזה לא נעים' },
    said: ['\u202egnp.eciovni'],
  },
  {
    accusedId: 'jose.garcia.2',
    category: 'minor_safety',
    peerId: 'zoe',
    hoursAgo: 0.2,
    reports: { zoe: 'He asked how old I am and wants to meet. I am 13.' },
    said: ['how old are you', 'can we meet'],
  },
  {
    accusedId: 'longest',
    category: 'harassment',
    groupId: noodles,
    hoursAgo: 12,
    reports: { lin88: long },
    said: ['哈哈哈哈'],
  },
  ...workedDemoCases,
]
