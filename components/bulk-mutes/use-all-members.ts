'use client'

import { useEffect, useRef, useState } from 'react'
import { maxCollected } from '@/lib/bulk-mutes/rules'
import type { GroupMembersDto } from '@/lib/mutes/schemas'
import { encodePath, read, readErrorOf } from '@/lib/read'
import type { ActionError } from '@/lib/result'

type Place = { connection: string; groupId: string; topicId?: string }
type SoFar = { userIds: Set<string>; next: string | undefined; total: number | null }

/** Reads the ids of all members of a group, page by page. What was read before a failure is not read again. */
export function useAllMembers({ connection, groupId, topicId }: Place, onAll: (userIds: string[]) => void) {
  const [progress, setProgress] = useState<{ count: number; total: number | null } | null>(null)
  const [isReading, setReading] = useState(false)
  const [isTooMany, setTooMany] = useState(false)
  const [error, setError] = useState<ActionError | null>(null)
  const soFar = useRef<SoFar | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  async function readAll() {
    if (running.current) return
    const controller = new AbortController()
    running.current = controller
    setReading(true)
    setError(null)
    setTooMany(false)
    try {
      const found = await readPages(controller.signal)
      if (found) onAll([...found.userIds])
      else setTooMany(true)
      forget()
    } catch (failure) {
      if (controller.signal.aborted) forget()
      else setError(readErrorOf(failure))
    } finally {
      running.current = null
      setReading(false)
    }
  }

  /** Null: more than one list may have. */
  async function readPages(signal: AbortSignal): Promise<SoFar | null> {
    soFar.current ??= { userIds: new Set(), next: undefined, total: null }
    const found = soFar.current
    do {
      const page = await read<GroupMembersDto>(
        `/api/groups${encodePath(connection, groupId)}/members`,
        { topicId, cursor: found.next },
        signal,
      )
      // Members who move between pages come twice.
      for (const { userId } of page.members) found.userIds.add(userId)
      found.next = page.next ?? undefined
      found.total = page.total
      setProgress({ count: found.userIds.size, total: found.total })
      if (found.userIds.size > maxCollected) return null
    } while (found.next !== undefined)
    return found
  }

  function forget() {
    soFar.current = null
    setProgress(null)
  }

  return {
    progress,
    isReading,
    isTooMany,
    error,
    read: () => void readAll(),
    cancel: () => running.current?.abort(),
  }
}
