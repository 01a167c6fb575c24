/** Why a file is not there: `broken`, there is none that may be given; `failed`, another try may do. */
export type FileTrouble = 'broken' | 'failed'

/** What a picture or a player does not tell: why it got nothing from this address. */
export async function findFileTrouble(src: string): Promise<FileTrouble> {
  try {
    const { status } = await fetch(src, { cache: 'no-store', headers: { range: 'bytes=0-0' } })
    return status === 404 ? 'broken' : 'failed'
  } catch {
    return 'failed'
  }
}
