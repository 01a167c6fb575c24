import 'server-only'
import { isIP } from 'node:net'
import { isPublicAddress } from './public-address'

/** Below this path a connection's own endpoint may serve pictures; everything else of it is out of a picture's reach. */
const ownFolder = '/pictures/'

/** Where a picture may be fetched from. `isOwn`: from the connection's own endpoint, whatever its address. */
export type PictureAddress = { url: URL; isOwn: boolean }

/**
 * The address of a picture if the console may fetch it: among the pictures of the connection's own endpoint, or by
 * https on port 443 of a name or a public address. People choose these addresses themselves. What a name resolves to is
 * checked on connecting.
 */
export function pictureAddress(text: string | null, pictureOrigin: string | null): PictureAddress | null {
  const url = text ? URL.parse(text) : null
  if (!url) return null
  if (url.origin === pictureOrigin && url.pathname.startsWith(ownFolder)) return { url, isOwn: true }
  if (url.protocol !== 'https:' || url.port !== '') return null
  // No name is looked up for an address, so nothing would check it later.
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  return isIP(host) && !isPublicAddress(host) ? null : { url, isOwn: false }
}
