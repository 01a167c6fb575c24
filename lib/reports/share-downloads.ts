import 'server-only'

type Bounds = {
  /** for how long a file is kept after it came, in ms */
  keepMs: number
  /** of all that are kept together; a larger one is not kept */
  maxBytes: number
}

/**
 * Makes what downloads a file once for all who ask for it meanwhile, and keeps the last few for a moment: a player asks
 * for one file part by part. What gave no file is not kept.
 */
export function shareDownloads<None>({ keepMs, maxBytes }: Bounds) {
  const running = new Map<string, Promise<ArrayBuffer | None>>()
  const kept = new Map<string, ArrayBuffer>()
  let keptBytes = 0
  const drop = (key: string) => {
    keptBytes -= kept.get(key)?.byteLength ?? 0
    kept.delete(key)
  }
  const keep = (key: string, file: ArrayBuffer) => {
    if (file.byteLength > maxBytes) return
    for (const oldest of kept.keys()) if (keptBytes + file.byteLength > maxBytes) drop(oldest)
    kept.set(key, file)
    keptBytes += file.byteLength
    setTimeout(drop, keepMs, key).unref()
  }
  const start = async (key: string, download: () => Promise<ArrayBuffer | None>) => {
    try {
      const file = await download()
      if (file instanceof ArrayBuffer) keep(key, file)
      return file
    } finally {
      running.delete(key)
    }
  }
  return async (key: string, download: () => Promise<ArrayBuffer | None>): Promise<ArrayBuffer | None> => {
    const there = kept.get(key) ?? running.get(key)
    if (there) return await there
    const begun = start(key, download)
    running.set(key, begun)
    return await begun
  }
}
