import 'server-only'
import { bulkhead } from 'cockatiel'
import { Client } from 'undici'
import type { PictureAddress } from './picture-address'
import { lookUpPublic } from './public-address'

/** What fetching pictures of one kind may take. */
type Bounds = {
  /** a larger one is dropped while it streams in */
  maxBytes: number
  /** from the wish to the last byte, waiting for a turn included: a browser has few connections, and mutes need them too */
  deadlineMs: number
  /** so that they never take more than so many times `maxBytes`; and so many wait, the rest have none */
  atOnce: number
  waiting: number
}

/** The types that are shown, known by their first bytes in hex. Never SVG: it is a document that can hold scripts. */
const types = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const
const signatures = {
  'image/png': /^89504e470d0a1a0a/,
  'image/jpeg': /^ffd8ff/,
  'image/gif': /^47494638(37|39)61/,
  'image/webp': /^52494646.{8}57454250/,
} satisfies Record<(typeof types)[number], RegExp>

export type Picture = { type: (typeof types)[number]; bytes: ArrayBuffer }

/**
 * Makes what fetches pictures for the browser, which must not reach foreign hosts itself. It gives null when there is
 * none: it follows no redirect, believes no content type, and why it failed is nobody's business, so neither address nor
 * error is logged.
 */
export function createPictureFetcher({ maxBytes, deadlineMs: usualMs, atOnce, waiting }: Bounds) {
  const turns = bulkhead(atOnce, waiting)
  return async (address: PictureAddress, deadlineMs = usualMs): Promise<Picture | null> => {
    const deadline = AbortSignal.timeout(deadlineMs)
    // Whoever still waits for a turn is told only when the turn comes.
    const late = new Promise<null>((resolve) => {
      deadline.addEventListener('abort', () => resolve(null), { once: true })
    })
    const picture = turns
      .execute(({ signal }) => download(address, maxBytes, signal), deadline)
      .catch(() => null)
    return await Promise.race([picture, late])
  }
}

/** Fetches the picture of an account. */
export const fetchPicture = createPictureFetcher({
  maxBytes: 1_048_576,
  deadlineMs: 2_000,
  atOnce: 4,
  waiting: 200,
})

async function download(
  { url, isOwn }: PictureAddress,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Picture | null> {
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
    const headers = { accept: types.join() }
    const { statusCode, body } = await client.request({ path, method: 'GET', headers })
    if (statusCode !== 200) {
      body.on('error', () => {}).destroy()
      return null
    }
    return recognise(await body.arrayBuffer())
  } finally {
    signal.removeEventListener('abort', giveUp)
    await client.destroy()
  }
}

function recognise(bytes: ArrayBuffer): Picture | null {
  const beginning = Buffer.from(bytes, 0, Math.min(16, bytes.byteLength)).toString('hex')
  const type = types.find((candidate) => signatures[candidate].test(beginning))
  return type ? { type, bytes } : null
}
