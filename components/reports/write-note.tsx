'use client'

import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import type { AccountKey } from '@/lib/accounts/schemas'

/** Loaded when somebody writes: most looks at an account end without a note. */
const AccountNoteForm = lazy(async () => ({ default: (await import('./account-note-form')).AccountNoteForm }))

/** Opens the form for a note on an account. */
export function WriteNote({ account }: { account: AccountKey }) {
  const t = useTranslations('reports.case.notes')
  const [isWriting, setWriting] = useState(false)
  useShortcut({ key: 'n', label: t('key'), when: !isWriting, run: () => setWriting(true) })
  if (!isWriting)
    return (
      <Button shortcut="n" className="self-start" onClick={() => setWriting(true)}>
        {t('key')}
      </Button>
    )
  return (
    <Suspense fallback={<Skeleton lines={3} />}>
      <AccountNoteForm account={account} onWritten={() => setWriting(false)} />
    </Suspense>
  )
}
