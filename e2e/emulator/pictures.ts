import { crc32, deflateSync } from 'node:zlib'
import { createRandom } from './random'

/** Pictures of people, and what they send, are served below this path. */
export const picturesPath = '/pictures/'

const cells = 6
const cellPixels = 16
const side = cells * cellPixels

/** The address of an account's picture, for its seed. */
export function pictureOf(id: string): string {
  return `${picturesPath}${encodeURIComponent(id)}.png`
}

/** A PNG of coloured squares, mirrored in the middle: always the same for the same path. */
export function drawPicture(path: string): Buffer {
  const random = createRandom(crc32(path))
  const colour = () => Array.from({ length: 3 }, () => Math.floor(32 + random() * 144))
  // The ground is far from every colour, so that no pattern drowns in it.
  const palette = [[244, 245, 247], colour()]
  const half = Array.from({ length: (cells * cells) / 2 }, () => (random() < 0.5 ? 0 : 1))
  const rows = Array.from({ length: side }, (_, y) => {
    const row = Math.floor(y / cellPixels) * (cells / 2)
    const pixels = Array.from({ length: side }, (_, x) => {
      const column = Math.floor(x / cellPixels)
      return half[row + Math.min(column, cells - 1 - column)] ?? 0
    })
    // Each row begins with its filter: none.
    return [0, ...pixels]
  })
  const size = Buffer.alloc(8)
  size.writeUInt32BE(side, 0)
  size.writeUInt32BE(side, 4)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    // 8 bits a pixel, by palette, not interlaced.
    chunk('IHDR', Buffer.concat([size, Buffer.from([8, 3, 0, 0, 0])])),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A sound of a tenth of a second in which nothing is heard. */
export function silence(): Buffer {
  const [rate, samples] = [8_000, 800]
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + samples, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  // PCM on one channel, a byte for each sample.
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(samples, 40)
  return Buffer.concat([head, Buffer.alloc(samples, 128)])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
