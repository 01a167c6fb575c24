import { once } from 'node:events'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { parseNetworks } from '@/lib/networks'
import { addressBehindProxies, addressBlock, unknownAddress } from './address'
import { noteSocketAddresses, socketAddress } from './socket-address'

const thisMachine = parseNetworks('127.0.0.0/8,::1')
const proxies = parseNetworks('127.0.0.0/8, 10.0.0.0/8, 2001:db8:1::/48')

describe('the address of a request', () => {
  it.each([
    ['a client that is no proxy is not believed', '203.0.113.9', '198.51.100.1', thisMachine, '203.0.113.9'],
    ['a proxy on this machine names its client', '127.0.0.1', '198.51.100.1', thisMachine, '198.51.100.1'],
    ['what the client wrote stands before', '::1', '1.2.3.4, 198.51.100.1', thisMachine, '198.51.100.1'],
    ['two proxies are gone through', '127.0.0.1', '1.2.3.4, 198.51.100.1, 10.0.0.7', proxies, '198.51.100.1'],
    ['an unknown proxy is where it ends', '127.0.0.1', '198.51.100.1, 10.0.0.7', thisMachine, '10.0.0.7'],
    ['IPv4 in IPv6 is IPv4', '::ffff:127.0.0.1', '::ffff:198.51.100.1', thisMachine, '198.51.100.1'],
    ['IPv6 with brackets and zone', '2001:db8:1::5', '[2001:db8:2::1%eth0]', proxies, '2001:db8:2::1'],
    ['no header', '127.0.0.1', null, thisMachine, '127.0.0.1'],
    ['a header of rubbish', '127.0.0.1', '1.2.3.4, <script>', thisMachine, '127.0.0.1'],
    ['only proxies', '127.0.0.1', '127.0.0.1', thisMachine, '127.0.0.1'],
    ['an address that was not noted', null, '198.51.100.1', thisMachine, unknownAddress],
  ] as const)('%s', (_, socket, forwardedFor, trusted, expected) => {
    expect(addressBehindProxies(socket, forwardedFor, trusted)).toBe(expected)
  })

  it('is noted on the request before the server sees it, whatever the client sends', async () => {
    noteSocketAddresses()
    noteSocketAddresses()
    const seen: (string | null)[] = []
    const server = createServer((request, response) => {
      const headers = new Headers()
      for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value))
      seen.push(socketAddress(headers), headers.get('x-socket-address-0'))
      response.end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const headers = { 'x-forwarded-for': '1.2.3.4', 'x-socket-address-0': '1.2.3.4' }
    const [response] = await once(get({ port, host: '127.0.0.1', headers }), 'response')
    response.resume()
    server.close()
    expect(seen).toEqual(['127.0.0.1', '1.2.3.4'])
    expect(socketAddress(new Headers(headers))).toBeNull()
  })
})

describe('what tries are counted under', () => {
  it.each([
    ['198.51.100.1', '198.51.100.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:DB8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    [unknownAddress, unknownAddress],
  ])('%s counts as %s', (address, block) => {
    expect(addressBlock(address)).toBe(block)
  })
})

describe('TRUSTED_PROXIES', () => {
  it.each([
    '',
    'proxy.example',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10.0.0.1,,',
    '::1/129',
    '10.0.0.0/8 10.0.0.1',
  ])('refuses %j', (text) => {
    expect(() => parseNetworks(text)).toThrow(/is not an address or a network/)
  })
})
