import 'server-only'
import { BulkheadRejectedError, bulkhead } from 'cockatiel'
import { Client } from 'undici'
import type { PictureAddress } from './picture-address'
import { lookUpPublic } from './public-address'

/** What fetching files of one kind may take. */
type Bounds = {
  /** what the host is asked for; what it gives is told by its bytes */
  accept: string
  /** a larger one is dropped while it streams in */
  maxBytes: number
  /** from the wish to the last byte, waiting for a turn included: a browser has few connections, and mutes need them too */
  deadlineMs: number
  /** so that they never take more than so many times `maxBytes`; and so many wait, the rest are turned away */
  atOnce: number
  waiting: number
}

/**
 * Makes what fetches files for the browser, which must not reach foreign hosts itself. It gives null when there is none:
 * it follows no redirect, believes no content type, and why it failed is nobody's business, so neither address nor error
 * is logged. `busy`: too many were asked for, or the time was over; another try may do.
 */
export function createFileFetcher({ accept, maxBytes, deadlineMs: usualMs, atOnce, waiting }: Bounds) {
  const turns = bulkhead(atOnce, waiting)
  return async (address: PictureAddress, deadlineMs = usualMs): Promise<ArrayBuffer | 'busy' | null> => {
    const deadline = AbortSignal.timeout(deadlineMs)
    // Whoever still waits for a turn is told only when the turn comes.
    const late = new Promise<'busy'>((resolve) => {
      deadline.addEventListener('abort', () => resolve('busy'), { once: true })
    })
    const file = turns
      .execute(({ signal }) => download(address, { accept, maxBytes }, signal), deadline)
      .catch((error) => (error instanceof BulkheadRejectedError || deadline.aborted ? 'busy' : null))
    return await Promise.race([file, late])
  }
}

async function download(
  { url, isOwn }: PictureAddress,
  { accept, maxBytes }: Pick<Bounds, 'accept' | 'maxBytes'>,
  signal: AbortSignal,
): Promise<ArrayBuffer | null> {
  // undici and not `fetch`, because the framework patches `fetch` and may log URLs.
  const client = new Client(url.origin, {
    connect: isOwn ? {} : { lookup: lookUpPublic },
    maxResponseSize: maxBytes,
    // Over HTTP/2 undici does not keep to that size.
    allowH2: false,
  })
  // A request's own signal would wait for the connection; this ends the attempt to connect too.
  const giveUp = () => void client.destroy()
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    const path = `${url.pathname}${url.search}`
    const { statusCode, body } = await client.request({ path, method: 'GET', headers: { accept } })
    if (statusCode !== 200) {
      body.on('error', () => {}).destroy()
      return null
    }
    return await body.arrayBuffer()
  } finally {
    signal.removeEventListener('abort', giveUp)
    await client.destroy()
  }
}
