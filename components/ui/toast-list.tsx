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
 * on them or the window is not in front.
 */
export function ToastList({ toasts }: { toasts: readonly Toast[] }) {
  const t = useTranslations('common')
  return (
    <Radix.Provider label={t('toasts.kind')} swipeDirection="left">
      {toasts.map((shown) => (
        <ToastView key={shown.id} toast={shown} />
      ))}
      <Radix.Viewport
        label={t('toasts.region', { hotkey: '{hotkey}' })}
        className="fixed inset-x-2 bottom-16 z-60 flex flex-col gap-2 sm:inset-x-auto sm:start-4 sm:bottom-4 sm:w-96"
      />
    </Radix.Provider>
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
