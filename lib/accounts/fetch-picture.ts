import 'server-only'
import { createFileFetcher } from './fetch-file'
import type { PictureAddress } from './picture-address'

/** The types that are shown, known by their first bytes in hex. Never SVG: it is a document that can hold scripts. */
const types = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const
const signatures = {
  'image/png': /^89504e470d0a1a0a/,
  'image/jpeg': /^ffd8ff/,
  'image/gif': /^47494638(37|39)61/,
  'image/webp': /^52494646.{8}57454250/,
} satisfies Record<(typeof types)[number], RegExp>

export type Picture = { type: (typeof types)[number]; bytes: ArrayBuffer }

/** How a host is asked for one of them. */
export const pictureTypes = types.join()

const fetchFile = createFileFetcher({
  ...{ accept: pictureTypes, maxBytes: 1_048_576, deadlineMs: 2_000, atOnce: 4, waiting: 200 },
})

/** Fetches the picture of an account; null when there is none that may be shown. */
export async function fetchPicture(address: PictureAddress, deadlineMs?: number): Promise<Picture | null> {
  const bytes = await fetchFile(address, deadlineMs)
  return bytes === null || bytes === 'busy' ? null : recognisePicture(bytes)
}

/** What is shown as a picture; null: it is none. */
export function recognisePicture(bytes: ArrayBuffer): Picture | null {
  const beginning = Buffer.from(bytes, 0, Math.min(16, bytes.byteLength)).toString('hex')
  const type = types.find((candidate) => signatures[candidate].test(beginning))
  return type ? { type, bytes } : null
}
