import 'server-only'
import { Resolver } from 'node:dns/promises'
import { isIPv4, isIPv6, type LookupFunction } from 'node:net'
import { parseNetworks } from '@/lib/networks'

/** What IANA's registry of special addresses keeps from being reached all over the internet. */
const closedIPv4 = parseNetworks(
  [
    ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
    ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
    ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  ].join(),
)
/** All but 2000::/3, and in it the prefixes that are for documents or carry an IPv4 address along. */
const closedIPv6 = parseNetworks('::/3,4000::/2,8000::/1,2001::/23,2001:db8::/32,2002::/16,3fff::/20')

/** Whether this is an address of the open internet: no private, loopback, link-local, shared or multicast one. */
export function isPublicAddress(address: string): boolean {
  // A list for each family: a list of both would find an IPv4 address within ::/3.
  if (isIPv4(address)) return !closedIPv4.check(address, 'ipv4')
  return isIPv6(address) && !closedIPv6.check(address, 'ipv6')
}

// Not the system's lookup: its few threads also serve the provider and the database, and a name server that never
// answers would hold them up.
const resolver = new Resolver({ timeout: 500, tries: 2 })

async function askNameServers(hostname: string): Promise<string[]> {
  const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)])
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
}

/**
 * Resolves a name for a socket that is about to connect, and fails when any of its addresses is not public. The socket
 * connects to what was checked here, so a name that resolves differently a moment later changes nothing.
 */
export const lookUpPublic: LookupFunction = createPublicLookup(askNameServers)

/** `lookUpPublic` over another way to find the addresses of a name. */
export function createPublicLookup(findAddresses: (hostname: string) => Promise<string[]>): LookupFunction {
  return (hostname, options, callback) => {
    findAddresses(hostname).then(
      (found) => {
        const addresses = found.map((address) => ({ address, family: isIPv4(address) ? 4 : 6 }))
        const [first] = addresses
        if (!first || !found.every(isPublicAddress)) callback(new Error('not a public address'), '')
        else if (options.all) callback(null, addresses)
        else callback(null, first.address, first.family)
      },
      (error: Error) => callback(error, ''),
    )
  }
}
