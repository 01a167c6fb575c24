'use client'

import { lazy, Suspense, useState } from 'react'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import type { AccountKey } from '@/lib/accounts/schemas'
import type { LinkedDialogProps } from './linked-dialog'

// Loaded when somebody writes: most looks at an account end without a note or a link.
const NoteForm = lazy(async () => ({ default: (await import('./account-note-form')).AccountNoteForm }))
const LinkedDialog = lazy(async () => ({ default: (await import('./linked-dialog')).LinkedDialog }))

type AccountFormProps = {
  /** what the button says */
  label: string
  shortcut: string
  /** whom the form for a note is about, in place of the button; or what the dialog of linked accounts begins with */
  note?: AccountKey
  links?: Omit<LinkedDialogProps, 'onClose'>
}

/** Opens one of the two forms that add to what is known of an account. */
export function AccountForm({ label, shortcut, note, links }: AccountFormProps) {
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  useShortcut({ key: shortcut, label, when: !isOpen, run: () => setOpen(true) })
  return (
    <>
      {!(isOpen && note) && (
        <Button shortcut={shortcut} className="self-start" onClick={() => setOpen(true)}>
          {label}
        </Button>
      )}
      {isOpen && (
        <Suspense fallback={<Skeleton lines={3} />}>
          {note && <NoteForm account={note} onWritten={close} />}
          {links && <LinkedDialog {...links} onClose={close} />}
        </Suspense>
      )}
    </>
  )
}
