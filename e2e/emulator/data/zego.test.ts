import { describe, expect, it } from 'vitest'
import { zegoSeedSchema } from '../zego/schemas'
import { lifelikeAccounts } from './lifelike'
import { lifelikeZego } from './zego'

const seed = zegoSeedSchema.parse(lifelikeZego())
const members = seed.groups.flatMap((group) => group.members)
const names = seed.users.flatMap(({ name }) => name ?? [])
const named = (pattern: RegExp) => names.filter((name) => pattern.test(name)).length

describe('the lifelike data set of ZEGO', () => {
  it('is the same every time, with 400 people', () => {
    expect(lifelikeZego()).toEqual(lifelikeZego())
    expect(new Set(seed.users.map(({ id }) => id)).size).toBe(400)
    expect(seed.users.find(({ id }) => id === 'moderation')?.session).toBe('none')
  })

  it('has names in many scripts and sessions of every kind', () => {
    expect(named(/\p{Script=Han}/u)).toBeGreaterThan(100)
    expect(named(/[\p{Script=Hiragana}\p{Script=Katakana}]/u)).toBeGreaterThan(20)
    expect(named(/\p{Script=Hangul}/u)).toBeGreaterThan(15)
    expect(named(/[\p{Script=Arabic}\p{Script=Hebrew}]/u)).toBeGreaterThan(10)
    expect(new Set(seed.users.map(({ session }) => session)).size).toBe(3)
  })

  it('shares people with the Tencent app, by id and by name', () => {
    const elsewhere = new Map(lifelikeAccounts().map(({ id, nickname }) => [id, nickname]))
    const shared = seed.users.filter(({ id, name }) => name && elsewhere.get(id) === name)
    expect(shared.map(({ id }) => id)).toEqual(expect.arrayContaining(['lin88', 'sakura', 'alice', 'bob']))
  })

  it('has twelve groups with ids that are awkward in addresses, one of 600 members', () => {
    const ids = seed.groups.map(({ id }) => id)
    expect(ids).toHaveLength(12)
    for (const odd of '#&%+=?') expect(ids.filter((id) => id.includes(odd)).length, odd).toBeGreaterThan(0)
    expect(Math.max(...seed.groups.map((group) => group.members.length))).toBe(600)
    for (const group of seed.groups) {
      expect(new Set(group.members.map(({ id }) => id)).size).toBe(group.members.length)
      expect(group.members.filter(({ role }) => role === 1)).toHaveLength(1)
    }
  })

  it('has every role, and mutes of every kind', () => {
    expect(new Set(members.map(({ role }) => role))).toEqual(new Set([1, 2, 3, 101]))
    expect(members.filter(({ muted }) => muted === 'forever').length).toBeGreaterThan(5)
    expect(members.filter(({ muted }) => typeof muted === 'number').length).toBeGreaterThan(10)
    expect(seed.groups.filter(({ everyone }) => everyone)).toHaveLength(1)
    expect(seed.groups.filter(({ roles }) => roles)).toHaveLength(1)
  })

  it('has messages, some of them gone, in groups and between two', () => {
    const messages = seed.groups.flatMap((group) => group.messages)
    expect(messages.length).toBeGreaterThan(200)
    expect(new Set(messages.map(({ isEmpty }) => isEmpty)).size).toBe(3)
    expect(seed.peerMessages.length).toBeGreaterThan(5)
  })
})
