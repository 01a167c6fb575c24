/** A picture, sound, video or other file in a message: where the provider says it is, for as long as it keeps it. */
export type ChatFile = {
  kind: 'image' | 'audio' | 'video' | 'file'
  address: string
  name: string | null
  sizeBytes: number | null
}

const maxAddressLength = 2_000
const maxNameLength = 200

/** What a client said of a file, as far as it can be one; null: there is no address. */
export function chatFile(
  kind: ChatFile['kind'],
  { address, name, size }: { address: unknown; name?: unknown; size?: unknown },
): ChatFile | null {
  if (
    typeof address !== 'string' ||
    !/^https?:\/\/[\x21-\x7e]+$/.test(address) ||
    address.length > maxAddressLength
  )
    return null
  return {
    kind,
    address,
    name: typeof name === 'string' && name !== '' ? name.slice(0, maxNameLength) : null,
    sizeBytes: typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : null,
  }
}
