'use client'

import { SkipForward } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button } from '@/components/ui/button'
import { type NextWish, useTakeNext } from './use-take-next'

type NextButtonProps = NextWish & { variant?: 'primary' | 'secondary'; label: string }

/** Takes the best case that nobody works on, and opens it. */
export function NextButton({ variant = 'secondary', label, ...wish }: NextButtonProps) {
  const t = useTranslations('reports.queue')
  const { take, isBusy } = useTakeNext(wish)
  useShortcut({ key: '.', label: t('keys.next'), run: () => void take() })
  return (
    <Button
      variant={variant}
      isBusy={isBusy}
      shortcut="."
      icon={<SkipForward aria-hidden className="size-4" />}
      onClick={() => void take()}
    >
      {label}
    </Button>
  )
}
