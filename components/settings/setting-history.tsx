'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import type { SettingKey } from '@/lib/settings/rules'
import type { SettingState } from '@/lib/settings/schemas'
import { LastChanged } from './last-changed'

const VersionList = lazy(async () => ({ default: (await import('./version-list')).VersionList }))

type SettingHistoryProps = {
  settingKey: SettingKey
  saved: SettingState
  /** said of a setting that nobody changed */
  never: string
  /** when `saved` was read */
  serverNow: number
}

/** Who changed a setting last, and all its versions for whoever asks. */
export function SettingHistory({ settingKey, saved, never, serverNow }: SettingHistoryProps) {
  const t = useTranslations('settings.history')
  const [isOpen, setOpen] = useState(false)
  const Arrow = isOpen ? ChevronDown : ChevronRight
  return (
    <div className="flex flex-col gap-2">
      <LastChanged changed={saved.changed} never={never} serverNow={serverNow} />
      <Button
        variant="ghost"
        className="-ms-2 self-start"
        icon={<Arrow aria-hidden className="size-4" />}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {t('open')}
      </Button>
      {isOpen && (
        <Suspense fallback={<Skeleton />}>
          <VersionList settingKey={settingKey} version={saved.version} serverNow={serverNow} />
        </Suspense>
      )}
    </div>
  )
}
