'use client'

import { useState } from 'react'
import { maxBulkFileBytes } from '@/lib/bulk-mutes/rules'
import type { IdList } from './collect-draft'
import { type IdFile, readIdFile } from './collect-file'

/** `unread`: a folder, a file that is gone by now, or the reader could not be loaded. */
type ReadFile = IdFile | { ok: false; error: 'unread' }
export type UnreadFile = { name: string; problem: Extract<ReadFile, { ok: false }> }

/** Reads dropped and chosen files into lists of ids, and tells which could not be read. */
export function useIdFiles(onLists: (lists: IdList[]) => void) {
  const [problems, setProblems] = useState<UnreadFile[]>([])
  const [reading, setReading] = useState<{ name: string; percent: number } | null>(null)

  async function add(files: readonly File[]) {
    setProblems([])
    for (const file of files) {
      const { name } = file
      setReading({ name, percent: 0 })
      const read = await readFile(file, (share) => {
        const percent = Math.floor(share * 100)
        setReading((before) => (before?.percent === percent ? before : { name, percent }))
      })
      if (read.ok) onLists([{ kind: 'file', name, column: read.column, entries: read.entries }])
      else setProblems((others) => [...others, { name, problem: read }])
    }
    setReading(null)
  }

  return { add, reading, problems }
}

export type IdFiles = ReturnType<typeof useIdFiles>

async function readFile(file: File, onProgress: (share: number) => void): Promise<ReadFile> {
  if (file.size > maxBulkFileBytes) return { ok: false, error: 'too_big' }
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    return await readIdFile({ name: file.name, bytes }, onProgress)
  } catch {
    return { ok: false, error: 'unread' }
  }
}
