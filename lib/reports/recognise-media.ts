import type { ChatFile } from '@/lib/provider/chat-file'

/** The containers that browsers play, known by their first bytes in hex; which stream is in one, the message says. */
const containers = [
  { is: /^.{8}66747970/, audio: 'audio/mp4', video: 'video/mp4' },
  { is: /^1a45dfa3/, audio: 'audio/webm', video: 'video/webm' },
  { is: /^4f676753/, audio: 'audio/ogg', video: 'video/ogg' },
  { is: /^(494433|fff[23ab])/, audio: 'audio/mpeg', video: null },
  { is: /^fff[0189]/, audio: 'audio/aac', video: null },
  { is: /^52494646.{8}57415645/, audio: 'audio/wav', video: null },
] as const

export type MediaType = Exclude<(typeof containers)[number]['audio' | 'video'], null>

/** The content type of a sound or video as it is given to a browser; null: it is none that one plays. */
export function recogniseMedia(
  kind: Extract<ChatFile['kind'], 'audio' | 'video'>,
  bytes: ArrayBuffer,
): MediaType | null {
  const beginning = Buffer.from(bytes, 0, Math.min(16, bytes.byteLength)).toString('hex')
  return containers.find(({ is }) => is.test(beginning))?.[kind] ?? null
}
