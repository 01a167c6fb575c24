'use client'

import { useRef, useState } from 'react'
import { ReadError } from '@/lib/read'
import type { ActionError } from '@/lib/result'
import type { QueueFields } from './queue-query'
import { readView, type ViewCases } from './read-view'

/** Reads all cases of a view of the queue that a bulk mute may be made for, up to as many as one run takes. */
export function useAllCases(fields: QueueFields) {
  const [all, setAll] = useState<ViewCases | null>(null)
  const [isReading, setReading] = useState(false)
  const [error, setError] = useState<ActionError | null>(null)
  const wish = useRef(0)

  /** Of one connection: a bulk mute is in one. */
  async function readAll(connection: string): Promise<void> {
    wish.current += 1
    const mine = wish.current
    setReading(true)
    setError(null)
    try {
      const found = await readView({ ...fields, connection })
      if (mine === wish.current) setAll(found)
    } catch (failure) {
      if (!(failure instanceof ReadError)) throw failure
      if (mine === wish.current) setError(failure.error)
    } finally {
      if (mine === wish.current) setReading(false)
    }
  }

  return {
    all,
    isReading,
    error,
    readAll,
    forget() {
      wish.current += 1
      setAll(null)
      setReading(false)
      setError(null)
    },
  }
}
