import type { MessageFile } from './get-file'

/**
 * A file of a message as the browser gets it: what has a type is shown or played, by parts where it asks for one; any
 * other file is only saved, and never opened here whatever is in it.
 */
export function answerFile({ type, bytes, name }: MessageFile, range: string | null): Response {
  const headers = new Headers({ 'cache-control': 'no-store', 'accept-ranges': 'bytes' })
  headers.set('content-type', type ?? 'application/octet-stream')
  if (type === null) headers.set('content-disposition', `attachment; filename*=UTF-8''${encodeName(name)}`)
  const size = bytes.byteLength
  const part = partOf(range, size)
  if (part === null) return new Response(bytes, { headers })
  if (part.first > part.last) {
    headers.set('content-range', `bytes */${size}`)
    return new Response(null, { status: 416, headers })
  }
  headers.set('content-range', `bytes ${part.first}-${part.last}/${size}`)
  return new Response(bytes.slice(part.first, part.last + 1), { status: 206, headers })
}

/** The one part that a `range` header asks for; null: all of it, also for what is none or several (RFC 9110, 14.2). */
function partOf(range: string | null, size: number): { first: number; last: number } | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '') ?? []
  if (first === '') return last === '' ? null : { first: Math.max(0, size - Number(last)), last: size - 1 }
  if (last !== '' && Number(last) < Number(first)) return null
  return { first: Number(first), last: Math.min(size - 1, last === '' ? size - 1 : Number(last)) }
}

/** By RFC 8187; a name is somebody's own choice, and may look like a path or turn its own letters around. */
function encodeName(name: string | null): string {
  const plain = (name ?? '').replace(/[\p{C}\p{Z}/\\:*?"<>|]+/gu, '_').replace(/^\.+/, '_')
  return encodeURIComponent(plain || 'file').replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  )
}
