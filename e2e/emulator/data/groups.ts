import type { GroupType, SeedGroup, SeedMember } from '../group-schemas'
import { createRandom, type Random } from '../random'
import type { MuteWish, SeedAccount } from '../schemas'
import { GROUPS } from './known-groups'
import { chatter } from './messages'

const SEED = 20_240_602
const CROWD = 9_500
const PLAZA_MEMBERS = 10_000

const NAMES: readonly (readonly [GroupType, string])[] = [
  ['Public', '同城羽毛球约球'],
  ['Public', '二手数码交流群（禁广告）'],
  ['Public', 'ゲーム雑談部屋'],
  ['Public', 'Learn Mandarin together'],
  ['Public', '🍜🍣🥟'],
  ['Public', 'Café Lisboa · encontros'],
  ['Public', '반려동물 사진방'],
  ['Public', '<i>Max & Söhne</i> fans'],
  ['ChatRoom', '周三产品例会'],
  ['ChatRoom', '新人歓迎会 2024'],
  ['ChatRoom', 'Weekly raid #12'],
  ['ChatRoom', '語学カフェ'],
  ['ChatRoom', 'غرفة اللعب'],
  ['ChatRoom', '🎮 late night squad 🎮'],
  ['ChatRoom', 'x'.repeat(100)],
  ['Private', '林家'],
  ['Private', '高校の友だち'],
  ['Private', 'Book club (closed)'],
  ['Private', '项目A核心组'],
  ['Private', '💤'],
  ['AVChatRoom', '【直播】小雨的深夜电台'],
  ['AVChatRoom', '歌枠🎤さくら'],
  ['AVChatRoom', 'Speedrun marathon'],
  ['AVChatRoom', '拍卖直播间 03'],
  ['Community', 'ねこ好きの広場'],
  ['Community', 'Indie Makers'],
  ['Community', '原神同好会 · 非官方'],
  ['Public', '租房避坑互助'],
  ['Public', 'お絵描き練習会'],
  ['Public', ''],
]

const ID_OF_TYPE: Record<GroupType, (digits: string) => string> = {
  Private: (digits) => `@TGS#1PRIV${digits}`,
  Public: (digits) => `@TGS#2PUBL${digits}`,
  ChatRoom: (digits) => `@TGS#3MEET${digits}`,
  AVChatRoom: (digits) => `@TGS#aLIVE${digits}`,
  Community: (digits) => `@TGS#_@TGS#cCOMM${digits}`,
}

/** Accounts that are in one group only, the largest; they make it as large as a Public group can be. */
export function crowdAccounts(): SeedAccount[] {
  return Array.from({ length: CROWD }, (_, index) => {
    const number = String(index + 1).padStart(5, '0')
    return { id: `crowd-${number}`, nickname: `Crowd ${number}` }
  })
}

/** The groups of the first app, the same every time: first those of `GROUPS`, then generated ones. */
export function lifelikeGroups(accounts: readonly SeedAccount[]): SeedGroup[] {
  const random = createRandom(SEED)
  const ids = accounts.map(({ id }) => id)
  return [plaza(ids), ...Object.values(GROUPS), ...NAMES.map((_, at) => makeGroup(random, ids, at))]
}

/** The largest group: some of the accounts and the crowd, one in two hundred muted. */
function plaza(ids: readonly string[]): SeedGroup {
  const members: SeedMember[] = [
    { id: 'lin88', role: 'Admin' },
    { id: 'sakura', role: 'Admin' },
    { id: 'bob', muted: 2 * 3600 },
    { id: 'wangxiaoming', muted: 'forever' },
    ...ids.slice(60).map((id) => ({ id })),
  ]
  const known = members.slice(0, PLAZA_MEMBERS - CROWD - 1)
  const crowd = crowdAccounts().map(({ id }, at) => ({
    id,
    ...(at % 200 === 7 && { muted: at % 400 === 7 ? ('forever' as const) : 600 + at * 60 }),
  }))
  return {
    id: '@TGS#2PLAZA0001',
    type: 'Public',
    name: '全服广场 · World Plaza',
    owner: 'admin_team',
    members: [...known, ...crowd],
    messages: chatter(known.slice(0, 20).map(({ id }) => id)),
  }
}

function makeGroup(random: Random, ids: readonly string[], at: number): SeedGroup {
  const [type, name] = NAMES[at] ?? ['Public', '']
  const size = 3 + Math.floor(random() ** 2 * 120)
  const start = Math.floor(random() * ids.length)
  const chosen = Array.from({ length: size }, (_, step) => ids[(start + step * 7) % ids.length] ?? '')
  const [owner, ...others] = [...new Set(chosen)]
  const members = others.map((id, place) => ({
    id,
    ...(place < 2 && type !== 'AVChatRoom' && { role: 'Admin' as const }),
    ...(random() < 0.2 && { nameCard: `#${place + 1}` }),
    ...(type !== 'Private' && random() < 0.06 && { muted: makeLength(random) }),
  }))
  return {
    id: ID_OF_TYPE[type](String(at + 1).padStart(4, '0')),
    type,
    name,
    ...(owner !== undefined && { owner }),
    members,
  }
}

function makeLength(random: Random): MuteWish {
  return random() < 0.25 ? 'forever' : 300 + Math.floor(random() * 7 * 86_400)
}
