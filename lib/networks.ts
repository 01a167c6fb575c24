import { BlockList, isIP, isIPv4 } from 'node:net'

/** Reads addresses and networks parted by commas. Throws `RangeError`, naming the one that is neither. */
export function parseNetworks(text: string): BlockList {
  const list = new BlockList()
  for (const entry of text.split(',').map((part) => part.trim())) {
    const [, address = '', bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(entry) ?? []
    const longest = isIPv4(address) ? 32 : 128
    const prefix = Number(bits ?? longest)
    if (!isIP(address) || prefix > longest) {
      throw new RangeError(`"${entry}" is not an address or a network like 10.0.0.0/8; commas part several`)
    }
    list.addSubnet(address, prefix, isIPv4(address) ? 'ipv4' : 'ipv6')
  }
  return list
}
