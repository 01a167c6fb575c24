import { pictureOf } from '../pictures'
import { createRandom, type Random } from '../random'
import type { MuteWish, Presence, SeedAccount } from '../schemas'
import { makeId } from './ids'
import { makeNickname } from './names'
import { PEOPLE } from './people'

const TOTAL = 2000
const SEED = 20_240_601

/** The 2 000 accounts of the demo's app: first those of `PEOPLE`, then generated ones, the same every time. */
export function lifelikeAccounts(): SeedAccount[] {
  const random = createRandom(SEED)
  const accounts = new Map<string, SeedAccount>(Object.values(PEOPLE).map((person) => [person.id, person]))
  while (accounts.size < TOTAL) {
    const account = makeAccount(random)
    if (!accounts.has(account.id)) accounts.set(account.id, account)
  }
  return [...accounts.values()]
}

/**
 * The accounts of the second app. Some ids are the same as in the first app and belong to other people there, so
 * that an id alone names nobody.
 */
export function secondAppAccounts(): SeedAccount[] {
  return [
    { id: PEOPLE.lin88.id, nickname: 'Lin Okafor', presence: 'Offline', oneToOne: 'forever' },
    { id: PEOPLE.sakura.id, nickname: '桜井', presence: 'Online' },
    { id: PEOPLE.alice.id, nickname: 'Alice (party)', presence: 'PushOnline', allGroups: 6 * 3600 },
    { id: PEOPLE.groupLikeId.id, nickname: 'Still not a group', presence: 'Offline' },
    { id: 'party_host', nickname: '파티 호스트', presence: 'Online' },
    { id: 'night_owl', nickname: 'ナイトオウル', presence: 'Online', oneToOne: 1800, allGroups: 1800 },
  ]
}

function makeAccount(random: Random): SeedAccount {
  const id = makeId(random)
  const nickname = makeNickname(random)
  return {
    id,
    ...(nickname !== undefined && { nickname }),
    presence: makePresence(random),
    ...makeMutes(random),
    // One account in three, without touching the row of chances.
    ...(id.charCodeAt(0) % 3 === 0 && { avatarUrl: pictureOf(id) }),
  }
}

function makePresence(random: Random): Presence {
  const chance = random()
  if (chance < 0.3) return 'Online'
  return chance < 0.5 ? 'PushOnline' : 'Offline'
}

/** One account in eleven is muted, half of those in both scopes. */
function makeMutes(random: Random): { oneToOne?: MuteWish; allGroups?: MuteWish } {
  if (random() > 0.09) return {}
  const length = makeLength(random)
  const scopes = random()
  if (scopes < 0.5) return { oneToOne: length, allGroups: random() < 0.7 ? length : makeLength(random) }
  return scopes < 0.8 ? { allGroups: length } : { oneToOne: length }
}

/** One in six for ever, the others from two minutes to thirty days, the short ones as frequent as the long ones. */
function makeLength(random: Random): MuteWish {
  if (random() < 1 / 6) return 'forever'
  const shortest = Math.log(120)
  const longest = Math.log(30 * 86_400)
  return Math.floor(Math.exp(shortest + random() * (longest - shortest)))
}
