'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { IconButton } from './button'

type DialogProps = {
  isOpen: boolean
  onOpenChange(isOpen: boolean): void
  title: ReactNode
  /** one sentence below the title; announced with it */
  description?: ReactNode
  children?: ReactNode
  /** the buttons; on a phone below one another */
  footer?: ReactNode
  size?: 'small' | 'medium'
}

/** A modal window: keeps the focus, closes by Escape and gives the focus back. A sheet from below on a phone. */
export function Dialog({
  isOpen,
  onOpenChange,
  title,
  description,
  children,
  footer,
  size = 'small',
}: DialogProps) {
  const t = useTranslations('common.actions')
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-veil" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={`fixed inset-x-0 bottom-0 z-50 mx-auto flex max-h-[85dvh] w-full animate-appear flex-col rounded-t-panel border border-line bg-raised shadow-raised sm:bottom-auto sm:top-[10vh] sm:rounded-panel ${size === 'small' ? 'sm:max-w-md' : 'sm:max-w-2xl'}`}
        >
          <header className="flex items-start gap-2 px-4 pt-3">
            <div className="min-w-0 flex-1 py-1">
              <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
              {description && (
                <Radix.Description className="mt-0.5 text-muted">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label={t('close')} icon={<X aria-hidden className="size-4" />} />
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-4 pt-2 pb-4">{children}</div>
          {footer && (
            <footer className="flex flex-col-reverse gap-2 border-t border-line px-4 py-3 sm:flex-row sm:justify-end">
              {footer}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
