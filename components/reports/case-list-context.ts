import { createContext } from 'react'
import type { CaseList } from './queue-href'

/** The list of the queue that the case on the screen was opened from; null: it was opened by its own address. */
export const CaseListContext = createContext<CaseList | null>(null)
