'use client'

import { clsx } from 'clsx'
import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Toast as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import type { Tone } from './badge'
import { IconButton } from './button'
import { buttonClass } from './button-class'
import { dismissToast, type Toast } from './toast-store'

const icons: Record<Tone, ReactNode> = {
  neutral: <Info aria-hidden className="text-muted" />,
  accent: <Info aria-hidden className="text-accent-text" />,
  info: <Info aria-hidden className="text-info-text" />,
  success: <CircleCheck aria-hidden className="text-success-text" />,
  warning: <TriangleAlert aria-hidden className="text-warning-text" />,
  danger: <CircleAlert aria-hidden className="text-danger-text" />,
}

/**
 * The notifications of `toast-store.ts`: announced politely, reached by F8, waiting while the pointer or the focus is
 * on them or the window is not in front. They have room of their own at the page's end and float over what is longer
 * than the window, so that nothing stays covered that one scrolls or tabs to (`[data-toasts]` in `globals.css`).
 */
export function ToastList({ toasts }: { toasts: readonly Toast[] }) {
  const t = useTranslations('common')
  return (
    <div
      data-toasts={toasts.length > 0 ? '' : undefined}
      className="sticky bottom-14 z-60 mx-2 sm:ms-4 sm:w-96 md:bottom-0"
    >
      <Radix.Provider label={t('toasts.kind')} swipeDirection="left">
        {toasts.map((shown) => (
          <ToastView key={shown.id} toast={shown} />
        ))}
        <Radix.Viewport
          label={t('toasts.region', { hotkey: '{hotkey}' })}
          className="flex flex-col gap-2 not-empty:pb-2 md:not-empty:pb-4"
        />
      </Radix.Provider>
    </div>
  )
}

function ToastView({ toast }: { toast: Toast }) {
  const t = useTranslations('common.actions')
  const { id, title, description, tone, action, link, durationMs } = toast
  return (
    <Radix.Root
      type="background"
      duration={durationMs}
      onOpenChange={(isOpen) => !isOpen && dismissToast(id)}
      data-tone={tone}
      className={clsx(
        'flex animate-appear items-start gap-2 rounded-panel border bg-raised p-2 ps-3 shadow-raised',
        tone === 'danger' ? 'border-danger-text' : 'border-line',
      )}
    >
      <span className="flex min-h-control items-center [&>svg]:size-4">{icons[tone]}</span>
      <div className="min-w-0 flex-1 py-1.5">
        <Radix.Title className="font-medium">{title}</Radix.Title>
        {description && <Radix.Description className="text-muted">{description}</Radix.Description>}
        {link && (
          <Link href={link.href} className="text-accent-text underline">
            {link.label}
          </Link>
        )}
      </div>
      {action && (
        <Radix.Action altText={action.altText} onClick={action.onSelect} className={buttonClass('secondary')}>
          {action.label}
        </Radix.Action>
      )}
      <Radix.Close asChild>
        <IconButton label={t('dismiss')} icon={<X aria-hidden className="size-4" />} />
      </Radix.Close>
    </Radix.Root>
  )
}
