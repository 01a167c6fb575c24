import { pictureOf } from '../pictures'
import { createRandom, type Random } from '../random'
import type { MuteWish } from '../schemas'
import { isUserId } from '../zego/ids'
import type { SeedZegoGroup, SeedZegoUser, ZegoSeedInput, ZegoSession } from '../zego/schemas'
import { makeId } from './ids'
import { makeNickname } from './names'
import { PEOPLE } from './people'
import { peerMessages, zegoMessages } from './zego-messages'

const TOTAL = 400
const SEED = 20_250_630
const HOUR = 3600

type Group = Omit<SeedZegoGroup, 'members' | 'messages'> & {
  size: number
  /** Leads the group, and whoever helps. */
  owner: string
  admins?: readonly string[]
  messages?: number
}

/** People of the Tencent app who are here too, under the same id and name: one person in both. */
const BOTH = [
  PEOPLE.lin88,
  PEOPLE.wangXiaoming,
  PEOPLE.sakura,
  PEOPLE.tanakaTaro,
  PEOPLE.yukiKatakana,
  PEOPLE.minjun,
  PEOPLE.seoyeon,
  PEOPLE.alice,
  PEOPLE.bob,
  PEOPLE.jose,
  PEOPLE.zoe,
  PEOPLE.layla,
  PEOPLE.noam,
  PEOPLE.mixedDirections,
  PEOPLE.reversed,
  PEOPLE.adminZeroWidth,
  PEOPLE.zalgo,
  PEOPLE.nameless,
  PEOPLE.longWord,
  PEOPLE.markup,
  PEOPLE.longId,
  PEOPLE.hashId,
  PEOPLE.percentId,
]

/** The groups of the party rooms. Ids that the provider made begin with `#`; the others are the customer's own. */
const GROUPS: readonly Group[] = [
  {
    id: '#9b1d4e07a5c2',
    name: '大厅 Lobby',
    size: 600,
    owner: 'alice',
    admins: ['minjun', 'zoe'],
    messages: 80,
  },
  {
    id: '#f00d&cafe',
    name: '🎤 深夜歌房',
    size: 45,
    owner: 'wangxiaoming',
    everyone: 'forever',
    messages: 30,
  },
  {
    id: '100%fun',
    name: 'Quiz night',
    size: 60,
    owner: 'zoe',
    admins: ['bob'],
    roles: { roles: [3, 101], muted: 2 * HOUR },
    messages: 20,
  },
  {
    id: '#tokyo?night=1',
    name: '東京ナイト',
    size: 80,
    owner: 'sakura',
    admins: ['tanaka-taro'],
    messages: 40,
  },
  { id: 'party&friends', name: 'Party & friends', size: 30, owner: 'bob', messages: 25 },
  { id: '#a+b=c', name: 'Maths club', size: 12, owner: 'jose.garcia' },
  { id: '#seoul', name: '서울 수다방', size: 50, owner: 'minjun', admins: ['seoyeon.park'], messages: 30 },
  { id: 'oasis', name: 'واحة الأصدقاء', size: 35, owner: 'layla', admins: ['noam'], messages: 15 },
  { id: '#vip', name: 'VIP ⭐', size: 25, owner: 'alice', admins: ['sakura', 'layla'], messages: 10 },
  { id: '#quiet', name: 'Quiet room', size: 3, owner: 'lin88' },
  { id: '#nameless', name: '', size: 8, owner: 'user#1' },
  { id: 'staff%only', name: 'St\u0430ff \u202egnirb', size: 6, owner: 'admin_helper' },
]

/** Who is in a group although chance would not have it, and how they are muted there. */
const KNOWN_MEMBERS: Readonly<Record<string, Readonly<Record<string, MuteWish>>>> = {
  '#9b1d4e07a5c2': { lin88: null, sakura: 40 * 60, wangxiaoming: 'forever', invoice_bot: 'forever', bob: 90 },
  '#f00d&cafe': { lin88: 3 * HOUR, sakura: null, bob: null },
  '100%fun': { lin88: null, 'user#1': 25 * HOUR, '100%25': 'forever' },
  '#tokyo?night=1': { yuki_0214: 10 * 60, lin88: null, long_word: 30 * 24 * HOUR },
  'party&friends': { lin88: null, alice: null, zalgo: 'forever' },
  oasis: { 'mixed.dir': 20 * 60 },
}

/** The demo's ZEGO app: 400 people, twelve groups, and guests who only have an id; the same every time. */
export function lifelikeZego(): ZegoSeedInput {
  const random = createRandom(SEED)
  const users = makeUsers(random)
  const ids = users.map(({ id }) => id).filter((id) => id !== 'moderation')
  const groups = GROUPS.map((group) => makeGroup(group, ids, random))
  return { users, groups, peerMessages: peerMessages() }
}

function makeUsers(random: Random): SeedZegoUser[] {
  // The console's own operator, registered by the server and never logged in.
  const operator: SeedZegoUser = { id: 'moderation', name: 'Moderation', session: 'none' }
  const users = new Map([operator, ...BOTH.map(userOf)].map((user) => [user.id, user]))
  while (users.size < TOTAL) {
    const id = makeId(random)
    const name = makeNickname(random) ?? ''
    const session = makeSession(random)
    if (!isUserId(id, 'without-space') || users.has(id)) continue
    users.set(id, { id, name, session, ...(id.charCodeAt(0) % 3 === 0 && { avatarUrl: pictureOf(id) }) })
  }
  return [...users.values()]
}

function userOf(person: {
  id: string
  nickname?: string
  avatarUrl?: string
  presence: string
}): SeedZegoUser {
  return {
    id: person.id,
    name: person.nickname ?? '',
    session: person.presence === 'Online' ? 'Online' : 'Offline',
    ...(person.avatarUrl && { avatarUrl: person.avatarUrl }),
  }
}

function makeSession(random: Random): ZegoSession {
  const chance = random()
  if (chance < 0.35) return 'Online'
  return chance < 0.85 ? 'Offline' : 'none'
}

function makeGroup(plan: Group, ids: readonly string[], random: Random): SeedZegoGroup {
  const { size, owner, admins = [], messages = 0, ...group } = plan
  const known = KNOWN_MEMBERS[group.id] ?? {}
  const chosen = new Set([owner, ...admins, ...Object.keys(known)])
  const first = Math.floor(random() * ids.length)
  for (let step = 0; chosen.size < size && step < ids.length; step += 1) {
    chosen.add(ids[(first + step) % ids.length] ?? owner)
  }
  for (let guest = 1; chosen.size < size; guest += 1) chosen.add(`guest_${String(guest).padStart(4, '0')}`)

  const members = [...chosen].map((id) => ({
    id,
    role: id === owner ? 1 : admins.includes(id) ? 2 : random() < 0.08 ? 101 : 3,
    muted: Object.hasOwn(known, id) || id === owner ? (known[id] ?? null) : makeMute(random),
  }))
  return { ...group, members, messages: zegoMessages([...chosen].slice(0, 12), messages, random) }
}

/** One member in twenty-five, a third of those for ever. */
function makeMute(random: Random): MuteWish {
  if (random() > 0.04) return null
  return random() < 1 / 3 ? 'forever' : Math.floor(120 + random() * 6 * HOUR)
}
