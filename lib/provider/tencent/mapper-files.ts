import { type ChatFile, chatFile } from '../chat-file'
import type { WireMessageBody } from './wire-messages'

type Element = NonNullable<WireMessageBody>[number]

/** The copies of a picture from the one that is shown on; whatever else there is comes last. */
const imageOrder: unknown[] = [2, 1, 3]

/** The files of a message's elements, in their order. */
export function toFiles(elements: readonly Element[]): ChatFile[] {
  return elements.flatMap((element) => toFile(element) ?? [])
}

function toFile({ MsgType, MsgContent }: Element): ChatFile | null {
  if (!MsgContent) return null
  const { Url, VideoUrl, FileName, FileSize, Size, VideoSize, ImageInfoArray = [] } = MsgContent
  switch (MsgType) {
    case 'TIMImageElem': {
      const [best = ImageInfoArray[0]] = imageOrder.flatMap((type) =>
        ImageInfoArray.filter(({ Type }) => Type === type),
      )
      return chatFile('image', { address: best?.URL, size: best?.Size })
    }
    case 'TIMSoundElem':
      return chatFile('audio', { address: Url, size: Size })
    case 'TIMVideoFileElem':
      return chatFile('video', { address: VideoUrl, size: VideoSize })
    case 'TIMFileElem':
      return chatFile('file', { address: Url, name: FileName, size: FileSize })
    default:
      return null
  }
}
