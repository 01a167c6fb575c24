import type { LookupFunction } from 'node:net'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { pictureAddress } from './picture-address'
import { createPublicLookup, isPublicAddress, lookUpPublic } from './public-address'

describe('isPublicAddress', () => {
  it.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.255', '169.254.169.254'],
    ...['172.16.0.1', '172.31.255.255', '192.168.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
    ...['::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::7f00:1', '2002:7f00:1::', '2001::1'],
    ...['fc00::1', 'fd12::1', 'fe80::1', 'fe80::1%eth0', 'ff02::1', '2001:db8::1', 'example.com', ''],
  ])('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each(['8.8.8.8', '1.1.1.1', '100.128.0.1', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
    'takes %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )
})

describe('lookUpPublic', () => {
  const resolve = (lookUp: LookupFunction, options: object) =>
    promisify<string, object, unknown>((hostname, asked, callback) =>
      lookUp(hostname, asked, (error, address) => callback(error, address)),
    )('img.example', options)
  const finding = (...addresses: string[]) => createPublicLookup(async () => addresses)

  it.each([{}, { all: true }])('fails when any address of a name is not public (%o)', async (options) => {
    for (const addresses of [['127.0.0.1'], ['8.8.8.8', '10.0.0.1'], ['2606:4700::1111', '::1'], []])
      await expect(resolve(finding(...addresses), options)).rejects.toThrow('not a public address')
  })

  it('fails for a name that leads to this machine or nowhere', async () => {
    await expect(promisify(lookUpPublic)('localhost', {})).rejects.toThrow()
  })

  it('gives one address or all, as it was asked', async () => {
    expect(await resolve(finding('8.8.8.8', '2606:4700::1111'), {})).toBe('8.8.8.8')
    expect(await resolve(finding('2606:4700::1111'), { all: true })).toEqual([
      { address: '2606:4700::1111', family: 6 },
    ])
  })

  it('hands on why a name could not be resolved', async () => {
    const failing = createPublicLookup(() => Promise.reject(new Error('no answer')))
    await expect(resolve(failing, {})).rejects.toThrow('no answer')
  })
})

describe('pictureAddress', () => {
  const own = 'http://127.0.0.1:8080'

  it.each([
    null,
    'not an address',
    'http://img.example/a.png',
    'https://img.example:8443/a.png',
    'https://127.0.0.1/a.png',
    'https://0x7f.1/a.png',
    'https://2130706433/a.png',
    'https://[::1]/a.png',
    'https://[::ffff:169.254.169.254]/latest',
    'http://127.0.0.1:8081/pictures/a.png',
    'http://127.0.0.1:8080/v4/openim/sendmsg',
    'http://127.0.0.1:8080/pictures/../control/reset',
    'http://localhost:8080/a.png',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
  ])('refuses %s', (text) => {
    expect(pictureAddress(text, own)).toBeNull()
  })

  it.each([
    ['https://img.example/a.png?size=2', false],
    ['https://img.example:443/a.png', false],
    ['https://8.8.8.8/a.png', false],
    ['http://127.0.0.1:8080/pictures/a.png', true],
  ])('takes %s', (text, isOwn) => {
    expect(pictureAddress(text, own)).toMatchObject({ isOwn })
  })

  it('takes no address of this machine where the connection has no endpoint', () => {
    expect(pictureAddress('http://127.0.0.1:8080/pictures/a.png', null)).toBeNull()
    expect(pictureAddress('data:image/png;base64,AAAA', null)).toBeNull()
  })
})
