import { describe, expect, it } from 'vitest'
import { seedWithGroupsSchema } from '../group-schemas'
import { crowdAccounts, lifelikeGroups } from './groups'
import { lifelikeAccounts } from './lifelike'
import { peerMessages } from './messages'

const accounts = lifelikeAccounts()
const groups = lifelikeGroups(accounts)
const people = [...accounts, ...crowdAccounts()]

describe('the groups of the lifelike data set', () => {
  it('are about 40 with legal contents, no two the same, of people who exist', () => {
    expect(groups.length).toBe(40)
    expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length)
    seedWithGroupsSchema.parse({ accounts: people, groups, peerMessages: peerMessages() })
    const ids = new Set(people.map(({ id }) => id))
    expect(ids.size).toBe(people.length)
    for (const { owner, members = [], topics = [], messages = [] } of groups) {
      const inside = new Set([...(owner ? [owner] : []), ...members.map(({ id }) => id)])
      expect(inside.size).toBe(members.length + (owner ? 1 : 0))
      for (const id of inside) expect(ids.has(id), id).toBe(true)
      for (const { from } of messages) expect(inside.has(from), from).toBe(true)
      for (const topic of topics) {
        for (const { id } of topic.members ?? []) expect(inside.has(id), id).toBe(true)
        for (const { from } of topic.messages ?? []) expect(inside.has(from), from).toBe(true)
      }
    }
    for (const { from, to } of peerMessages()) expect(ids.has(from) && ids.has(to)).toBe(true)
  })

  it('are the same every time', () => {
    expect(lifelikeGroups(accounts)).toEqual(groups)
  })

  it('have every type, many scripts, muted members and a mute of everybody', () => {
    const types = new Set(groups.map(({ type }) => type))
    expect(types.size).toBe(5)
    const names = groups.map(({ name }) => name).join('')
    for (const script of [/\p{Script=Han}/u, /\p{Script=Hiragana}/u, /\p{Script=Latin}/u, /\p{Emoji}/u]) {
      expect(names).toMatch(script)
    }
    const members = groups.flatMap((group) => group.members ?? [])
    expect(members.filter(({ muted }) => muted === 'forever').length).toBeGreaterThan(10)
    expect(members.filter(({ muted }) => typeof muted === 'number').length).toBeGreaterThan(40)
    expect(groups.filter(({ muteAll }) => muteAll)).toHaveLength(1)
    expect(groups.filter(({ topics = [] }) => topics.length === 3)).toHaveLength(1)
    for (const { members = [] } of groups.filter(({ type }) => type === 'Private')) {
      expect(members.filter(({ muted }) => muted)).toEqual([])
    }
  })

  it('have one as large as a Public group can be', () => {
    const [largest] = groups
    expect(largest).toMatchObject({ type: 'Public', owner: 'admin_team' })
    expect((largest?.members?.length ?? 0) + 1).toBe(10_000)
  })
})
