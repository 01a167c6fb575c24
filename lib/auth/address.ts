import 'server-only'
import { type BlockList, isIPv4, isIPv6 } from 'node:net'
import { env } from '@/lib/env'
import { socketAddress } from './socket-address'

/** What stands for the address when it cannot be known: all such requests share one limit. */
export const unknownAddress = 'unknown'

/**
 * The address a request came from: that of its connection, or, when that is a trusted proxy (`TRUSTED_PROXIES`, by
 * default only this machine), the last entry of `x-forwarded-for` that is not one. What a client itself writes into
 * that header stands before those entries and is never believed.
 */
export function clientAddress(headers: Headers): string {
  return addressBehindProxies(socketAddress(headers), headers.get('x-forwarded-for'), env().trustedProxies)
}

/** As `clientAddress`, from the connection's address, the header's value and the trusted proxies. */
export function addressBehindProxies(
  socket: string | null,
  forwardedFor: string | null,
  trustedProxies: BlockList,
): string {
  let address = plainAddress(socket ?? '')
  if (!address) return unknownAddress
  const hops = forwardedFor?.split(',') ?? []
  while (isIn(trustedProxies, address)) {
    const hop = plainAddress(hops.pop() ?? '')
    if (!hop) break
    address = hop
  }
  return address
}

/**
 * What to count tries under: an IPv4 address, or the /64 of an IPv6 one, since one customer usually has all of that
 * (RFC 6177).
 */
export function addressBlock(address: string): string {
  if (!isIPv6(address)) return address
  // A URL's host is written in the one short form (WHATWG URL, IPv6 serializer).
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const left = head.split(':').filter(Boolean)
  const right = tail?.split(':').filter(Boolean) ?? []
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right]
  return `${groups.slice(0, 4).join(':')}::/64`
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')
}

/** An address without zone, port brackets or IPv4-in-IPv6 dress; empty when it is none. */
function plainAddress(text: string): string {
  const address = text
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/i, '')
  return isIPv4(address) || isIPv6(address) ? address : ''
}
