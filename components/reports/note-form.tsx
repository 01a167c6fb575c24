'use client'

import { useTranslations } from 'next-intl'
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/choice'
import { Field, Textarea } from '@/components/ui/field'
import { toast } from '@/components/ui/toast-store'
import { maxNoteLength } from '@/lib/reports/rules'
import { useCaseDraft } from './use-case-draft'

/** Loaded with the first `@`; without it a name is typed in full. */
const NameSuggestions = lazy(() =>
  import('./name-suggestions').then(
    (loaded) => ({ default: loaded.NameSuggestions }),
    () => ({ default: () => null }),
  ),
)

type NoteFormProps = {
  label: string
  /** under which the draft is kept in this tab */
  draft: string
  isBusy: boolean
  /** whether it was written */
  write(text: string, isSticky: boolean): Promise<boolean>
  onTyping?(isTyping: boolean): void
  /** names colleagues by `@` */
  canName?: boolean
  /** it was opened to be written in */
  takesFocus?: boolean
  /** why it was refused */
  children: ReactNode
}

/** Writes a note about an account. What is typed stays in this tab until it is saved. */
export function NoteForm({
  label,
  draft,
  isBusy,
  write,
  onTyping,
  canName = false,
  takesFocus = false,
  children,
}: NoteFormProps) {
  const t = useTranslations('reports.case.notes')
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useCaseDraft(draft)
  const [isSticky, setSticky] = useState(false)
  const [caret, setCaret] = useState<number | null>(null)
  const nameKeys = useRef<((event: KeyboardEvent) => void) | null>(null)
  useShortcut({ key: 'n', label: t('key'), run: () => field.current?.focus() })
  useEffect(() => {
    if (takesFocus) field.current?.focus()
  }, [takesFocus])

  function type(next: string) {
    setText(next)
    onTyping?.(next !== '')
  }
  function takeName(next: string, end: number) {
    type(next)
    setCaret(end)
    requestAnimationFrame(() => field.current?.setSelectionRange(end, end))
  }
  async function save() {
    if (text.trim() === '' || !(await write(text.trim(), isSticky))) return
    type('')
    setSticky(false)
    toast({ tone: 'success', title: t('saved') })
  }

  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Field label={label} hint={text === '' ? canName && t('atHint') : t('kept')}>
        <Textarea
          ref={field}
          value={text}
          maxLength={maxNoteLength}
          onChange={({ target }) => {
            type(target.value)
            setCaret(target.selectionStart)
          }}
          onBlur={() => setCaret(null)}
          {...(canName && {
            'aria-autocomplete': 'list' as const,
            onKeyDown: (event) => nameKeys.current?.(event),
          })}
        />
      </Field>
      {canName && text.includes('@') && (
        <Suspense>
          <NameSuggestions field={field} keys={nameKeys} text={text} caret={caret} take={takeName} />
        </Suspense>
      )}
      <Checkbox
        label={t('sticky')}
        checked={isSticky}
        onChange={(event) => setSticky(event.target.checked)}
      />
      {children}
      <Button type="submit" shortcut="n" isBusy={isBusy} className="self-start">
        {t('save')}
      </Button>
    </form>
  )
}
