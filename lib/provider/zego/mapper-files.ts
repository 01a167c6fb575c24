import * as z from 'zod'
import { type ChatFile, chatFile } from '../chat-file'

const kinds = new Map<number, ChatFile['kind']>([
  [11, 'image'],
  [12, 'file'],
  [13, 'audio'],
  [14, 'video'],
])

const objectSchema = z.record(z.string(), z.unknown())

/**
 * The file of a message, whose body is URL-encoded JSON ("MessageBody introduction"). The pages spell its keys in more
 * than one way, so they are compared without case and underscores. Of a picture the large copy comes first.
 */
export function toFiles(type: number, body: string | undefined): ChatFile[] {
  const kind = kinds.get(type)
  if (kind === undefined || !body) return []
  const parsed = objectSchema.safeParse(jsonOf(body))
  if (!parsed.success) return []
  const fields = new Map(
    Object.entries(parsed.data).map(([key, value]) => [key.replaceAll('_', '').toLowerCase(), value]),
  )
  const first = (...keys: string[]) => keys.map((key) => fields.get(key)).find((value) => value !== undefined)
  const own = ['downloadurl', 'filedownloadurl', 'url']
  const file = chatFile(kind, {
    address: kind === 'image' ? first('largeimagedownloadurl', 'largeimageurl', ...own) : first(...own),
    name: first('filename', 'name'),
    size: first('filesize', 'size'),
  })
  return file ? [file] : []
}

function jsonOf(body: string): unknown {
  for (const read of [() => JSON.parse(decodeURIComponent(body)), () => JSON.parse(body)])
    try {
      return read()
    } catch {
      // The next way, or none: whoever sent it wrote something else.
    }
  return null
}
