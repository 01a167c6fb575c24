'use client'

import { useState } from 'react'
import { maxBulkFileBytes } from '@/lib/bulk-mutes/rules'
import type { IdList } from './collect-draft'
import { type IdFile, readIdFile } from './collect-file'

/** `unread`: a folder, a file that is gone by now, or the reader could not be loaded. */
type ReadFile = IdFile | { ok: false; error: 'unread' }
type FileProblem = { name: string; problem: Extract<ReadFile, { ok: false }> }

/** Reads dropped and chosen files into lists of ids, and tells which could not be read. */
export function useIdFiles(onLists: (lists: IdList[]) => void) {
  const [problems, setProblems] = useState<FileProblem[]>([])
  const [isReading, setReading] = useState(false)

  async function add(files: readonly File[]) {
    setReading(true)
    setProblems([])
    for (const file of files) {
      const read = await readFile(file)
      const { name } = file
      if (read.ok) onLists([{ kind: 'file', name, column: read.column, entries: read.entries }])
      else setProblems((others) => [...others, { name, problem: read }])
    }
    setReading(false)
  }

  return { add, isReading, problems }
}

export type IdFiles = ReturnType<typeof useIdFiles>

async function readFile(file: File): Promise<ReadFile> {
  if (file.size > maxBulkFileBytes) return { ok: false, error: 'too_big' }
  try {
    return await readIdFile({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })
  } catch {
    return { ok: false, error: 'unread' }
  }
}
