'use client'

import { useEffect, useRef, useState } from 'react'
import { ReadError } from '@/lib/read'
import type { ActionError } from '@/lib/result'
import type { QueueFields } from './queue-href'
import { readView, type ViewCases } from './read-view'

/** Reads all cases of a view of the queue that a bulk mute may be made for, up to as many as one run takes. */
export function useAllCases(fields: QueueFields) {
  const [all, setAll] = useState<ViewCases | null>(null)
  const [isReading, setReading] = useState(false)
  const [error, setError] = useState<ActionError | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  /** Of one connection: a bulk mute is in one. Null: it failed, or nobody waits for it any more. */
  async function readAll(connection: string): Promise<ViewCases | null> {
    running.current?.abort()
    const controller = new AbortController()
    running.current = controller
    const { signal } = controller
    setReading(true)
    setError(null)
    try {
      const found = await readView({ ...fields, connection }, signal)
      if (signal.aborted) return null
      setAll(found)
      return found
    } catch (failure) {
      if (signal.aborted) return null
      if (!(failure instanceof ReadError)) throw failure
      setError(failure.error)
      return null
    } finally {
      if (!signal.aborted) setReading(false)
    }
  }

  return {
    all,
    isReading,
    error,
    readAll,
    forget() {
      running.current?.abort()
      setAll(null)
      setReading(false)
      setError(null)
    },
  }
}
