import { useEffect, useState } from 'react'
import { keepDraft, keptDraft } from './draft-store'

/**
 * A text that is being written, kept in this tab under its name until it is empty: a conflict or a reload loses
 * nothing.
 */
export function useCaseDraft(name: string): [text: string, setText: (text: string) => void] {
  const [text, setText] = useState('')
  useEffect(() => setText(keptDraft(name)), [name])
  return [
    text,
    (next) => {
      setText(next)
      keepDraft(name, next)
    },
  ]
}
