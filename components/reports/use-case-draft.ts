import { useEffect, useState } from 'react'

const prefix = 'hushdesk.draft.'

/**
 * A text that is being written, kept in this tab under its name until it is empty: a conflict or a reload loses
 * nothing.
 */
export function useCaseDraft(name: string): [text: string, setText: (text: string) => void] {
  const [text, setText] = useState('')
  useEffect(() => {
    try {
      setText(sessionStorage.getItem(prefix + name) ?? '')
    } catch {
      // Storage can be forbidden; the draft then lives as long as the page.
    }
  }, [name])
  return [
    text,
    (next) => {
      setText(next)
      try {
        if (next === '') sessionStorage.removeItem(prefix + name)
        else sessionStorage.setItem(prefix + name, next)
      } catch {
        // See above.
      }
    },
  ]
}
