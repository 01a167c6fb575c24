import { parseOptions } from '@node-rs/argon2'
import { describe, expect, it } from 'vitest'
import { semaphore } from '@/lib/semaphore'
import { generatePassword } from './generate-password'
import { argon2Hasher, argon2Parameters, hashOfNobody } from './password-hasher'
import { newPasswordSchema, signInSchema } from './schemas'

describe('the password hasher', () => {
  it('makes argon2id hashes of the chosen cost, and so is the hash of nobody', async () => {
    const hash = await argon2Hasher.hash('correct horse battery')
    for (const phc of [hash, hashOfNobody]) {
      expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
      expect(parseOptions(phc)).toMatchObject(argon2Parameters)
    }
  })

  it('tells passwords apart and salts equal ones', async () => {
    const hash = await argon2Hasher.hash('correct horse battery')
    expect(await argon2Hasher.hash('correct horse battery')).not.toBe(hash)
    expect(await argon2Hasher.verify(hash, 'correct horse battery')).toBe(true)
    expect(await argon2Hasher.verify(hash, 'correct horse batterz')).toBe(false)
    expect(await argon2Hasher.verify(hashOfNobody, '')).toBe(false)
  })
})

describe('the semaphore', () => {
  it('lets in so many at once, the others in their order, and goes on after a failure', async () => {
    const limited = semaphore(4)
    const order: number[] = []
    let running = 0
    let most = 0
    const work = async (index: number) => {
      order.push(index)
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setImmediate(resolve))
      running -= 1
      if (index % 3 === 0) throw new Error('failed')
    }
    const wave = (from: number) =>
      Promise.allSettled(Array.from({ length: 20 }, (_, index) => limited(() => work(from + index))))
    // The second wave finds as many places as the first.
    const results = [...(await wave(0)), ...(await wave(20))]
    expect(most).toBe(4)
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(14)
    expect(await limited(async () => 'free again')).toBe('free again')
  })
})

describe('passwords', () => {
  it.each([
    ['1234567', 'invalid'],
    ['12345678', undefined],
    ['p'.repeat(128), undefined],
    ['p'.repeat(129), 'too_long'],
    ['密码密码密码密码', undefined],
    [12345678, 'required'],
  ])('of %j to be set: %s', (password, problem) => {
    expect(newPasswordSchema.safeParse(password).error?.issues[0]?.message).toBe(problem)
  })

  it('are the same however the keyboard composes them', () => {
    expect(newPasswordSchema.parse('cafe\u0301 cr\u00e8me')).toBe(
      newPasswordSchema.parse('caf\u00e9 cre\u0300me'),
    )
    const typed = { email: ' MOD@Example.com ', password: 'cafe\u0301 cr\u00e8me' }
    expect(signInSchema.parse(typed)).toEqual({ email: 'mod@example.com', password: 'caf\u00e9 cr\u00e8me' })
  })

  it('made up are long, each another, and pass the rule', () => {
    const made = new Set(Array.from({ length: 200 }, generatePassword))
    expect(made.size).toBe(200)
    for (const password of made) expect(newPasswordSchema.parse(password)).toMatch(/^[a-zA-Z2-9]{20}$/)
  })
})
