import type { ChatFile } from './chat-file'

/** A message as it stands in the provider's history. `text` is null where it holds none (pictures, custom messages). */
export type ChatMessage = {
  /** tells it from every other in its conversation */
  messageId: string
  /** its place in the conversation, ascending */
  seq: string
  senderId: string
  /** epoch ms */
  sentAt: number
  kind: 'text' | 'image' | 'audio' | 'video' | 'file' | 'custom' | 'mixed'
  text: string | null
  /** absent where there is none */
  files?: readonly ChatFile[]
  state: 'present' | 'recalled' | 'deleted'
}
