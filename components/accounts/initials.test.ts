import { describe, expect, it } from 'vitest'
import { avatarTones, initialsOf, toneOf } from './initials'

describe('initialsOf', () => {
  it.each([
    ['Lin Mei', 'u1', 'LM'],
    ['zoë', 'u1', 'Z'],
    ['dragon_slayer', 'u1', 'DS'],
    ['林 美玲', 'u1', '林'],
    ['さくら', 'u1', 'さ'],
    ['محمد علي', 'u1', 'م'],
    ['👩‍👩‍👧‍👦 family', 'u1', '👩‍👩‍👧‍👦'],
    ['🇯🇵', 'u1', '🇯🇵'],
    ['Анна Ко', 'u1', 'АК'],
    ['\u202eevil', 'u1', 'E'],
    ['\u200b\u200b', 'party-host', 'PH'],
    ['\u3164', 'looks_empty', 'LE'],
    ['', '@TGS#2ABC', 'T2'],
    [null, 'user_1042', 'U1'],
    [null, '###', '?'],
    ['Z\u0301\u0302\u0303\u0304\u0305algo', 'u1', '\u0179\u0302\u0303'],
  ])('of %j with the id %j are %j', (nickname, userId, expected) => {
    expect(initialsOf(nickname, userId)).toBe(expected)
  })
})

describe('toneOf', () => {
  it('is the same for the same id, and uses every tone', () => {
    const tones = Array.from({ length: 200 }, (_, index) => toneOf(`user_${index}`))
    expect(tones).toEqual(Array.from({ length: 200 }, (_, index) => toneOf(`user_${index}`)))
    expect(new Set(tones).size).toBe(avatarTones)
  })
})
