import { describe, expect, it } from 'vitest'
import { seedAccountSchema } from '../schemas'
import { lifelikeAccounts, secondAppAccounts } from './lifelike'
import { PEOPLE } from './people'

const accounts = lifelikeAccounts()
const ids = accounts.map(({ id }) => id)
const nicknames = accounts.flatMap(({ nickname }) => nickname ?? [])

/** How many nicknames contain a match. */
const named = (pattern: RegExp) => nicknames.filter((nickname) => pattern.test(nickname)).length

describe('the lifelike data set', () => {
  it('has 2 000 accounts with legal ids, no two the same', () => {
    expect(new Set(ids).size).toBe(2000)
    for (const account of [...accounts, ...secondAppAccounts()]) seedAccountSchema.parse(account)
    for (const id of ids) expect(Buffer.byteLength(id)).toBeLessThanOrEqual(32)
  })

  it('is the same every time', () => {
    expect(lifelikeAccounts()).toEqual(accounts)
  })

  it('has ids of 32 bytes and ids that are awkward in addresses', () => {
    expect(ids.filter((id) => id.length === 32).length).toBeGreaterThan(50)
    expect(ids.filter((id) => id.startsWith('@TGS#')).length).toBeGreaterThan(10)
    for (const odd of ' #%&+/?') expect(ids.filter((id) => id.includes(odd)).length, odd).toBeGreaterThan(0)
  })

  it('has names in many scripts, deceptive ones, and none', () => {
    expect(named(/\p{Script=Han}/u)).toBeGreaterThan(500)
    expect(named(/[\p{Script=Hiragana}\p{Script=Katakana}]/u)).toBeGreaterThan(100)
    expect(named(/\p{Script=Hangul}/u)).toBeGreaterThan(100)
    expect(named(/\p{Script=Latin}/u)).toBeGreaterThan(300)
    expect(named(/[\p{Script=Arabic}\p{Script=Hebrew}]/u)).toBeGreaterThan(80)
    expect(named(/\p{Extended_Pictographic}/u)).toBeGreaterThan(80)
    expect(named(/[\u202a-\u202e\u2066-\u2069\u200b]/u)).toBeGreaterThan(5)
    expect(named(/\p{Script=Cyrillic}/u)).toBeGreaterThan(5)
    expect(named(/.{150}/u)).toBeGreaterThan(0)
    expect(accounts.length - nicknames.length).toBeGreaterThan(0)
  })

  it('has mutes of every kind, and presence of every kind', () => {
    const muted = accounts.filter(({ oneToOne, allGroups }) => oneToOne ?? allGroups)
    expect(muted.length).toBeGreaterThan(100)
    expect(muted.length).toBeLessThan(300)
    expect(muted.filter(({ oneToOne }) => oneToOne === 'forever').length).toBeGreaterThan(5)
    expect(muted.filter(({ allGroups }) => allGroups === undefined).length).toBeGreaterThan(5)
    expect(muted.filter(({ oneToOne }) => oneToOne === undefined).length).toBeGreaterThan(5)
    expect(new Set(accounts.map(({ presence }) => presence)).size).toBe(3)
  })

  it('names its memorable people, each once', () => {
    const people = Object.values(PEOPLE)
    expect(people.length).toBeGreaterThanOrEqual(40)
    expect(new Set(people.map(({ id }) => id)).size).toBe(people.length)
    expect(accounts.slice(0, people.length)).toEqual(people)
  })

  it('shares ids between its two apps', () => {
    expect(secondAppAccounts().filter(({ id }) => ids.includes(id)).length).toBeGreaterThan(1)
  })
})
