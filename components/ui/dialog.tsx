'use client'

import { clsx } from 'clsx'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { IconButton } from './button'

type DialogProps = {
  isOpen: boolean
  /** asked to close by Escape, the close button or a press beside it; the owner may refuse by leaving `isOpen` true */
  onOpenChange(isOpen: boolean): void
  title: ReactNode
  /** one sentence below the title; announced with it */
  description?: ReactNode
  children?: ReactNode
  /** the buttons; on a phone below one another */
  footer?: ReactNode
  size?: 'small' | 'medium'
}

/**
 * A modal window: the browser's own, so the page behind it is out of reach for pointer, keyboard and screen reader,
 * and the focus goes back where it was. Its content starts anew each time it opens. A sheet from below on a phone.
 */
export function Dialog(props: DialogProps) {
  const { isOpen, onOpenChange, title, description, children, footer, size = 'small' } = props
  const t = useTranslations('common.actions')
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()

  useLayoutEffect(() => {
    const element = dialog.current
    if (!isOpen || !element) return
    element.showModal()
    // Of radio buttons the browser takes the first; Tab and a moderator go to the one that is chosen.
    element.querySelector<HTMLElement>(':is(fieldset, [role=radiogroup]):focus-within :checked')?.focus()
    // Before it leaves the document, too: only a closed dialog gives the focus back.
    return () => element.close()
  }, [isOpen])

  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-description` : undefined}
      onCancel={(event) => {
        event.preventDefault()
        onOpenChange(false)
      }}
      onPointerDown={(event) => event.target === dialog.current && onOpenChange(false)}
      className={clsx(
        'mx-auto mt-auto mb-0 max-h-[85dvh] w-full max-w-full animate-appear overflow-visible rounded-t-panel border border-line bg-raised text-text shadow-raised backdrop:bg-veil sm:mt-[10vh] sm:mb-auto sm:rounded-panel',
        size === 'small' ? 'sm:max-w-md' : 'sm:max-w-2xl',
      )}
    >
      {isOpen && (
        <div className="relative flex max-h-[85dvh] flex-col">
          <div className="px-4 pt-4 pe-14">
            <h2 id={`${id}-title`} className="text-lg font-semibold">
              {title}
            </h2>
            {description && (
              <p id={`${id}-description`} className="mt-0.5 text-muted">
                {description}
              </p>
            )}
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-4 pt-2 pb-4">{children}</div>
          {footer && (
            <div className="flex flex-col-reverse gap-2 border-t border-line px-4 py-3 sm:flex-row sm:justify-end">
              {footer}
            </div>
          )}
          {/* Last, so that the focus starts in the content. */}
          <IconButton
            label={t('close')}
            icon={<X aria-hidden className="size-4" />}
            onClick={() => onOpenChange(false)}
            className="absolute end-2 top-2"
          />
        </div>
      )}
    </dialog>
  )
}
