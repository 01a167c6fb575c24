'use client'

import { useQuery } from '@tanstack/react-query'
import { MicOff, Volume2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ComposerMode } from '@/components/mutes/composer-form'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button } from '@/components/ui/button'
import type { AccountKey } from '@/lib/accounts/schemas'
import { muteQueries } from '@/lib/mutes/query-options'

type EveryGroupButtonsProps = {
  account: AccountKey
  panel: ComposerMode | null
  onOpen(mode: ComposerMode): void
  onApproach(): void
}

/** What can be done where there is no mute of a whole account: one mute, or one lift, for each group it is in now. */
export function EveryGroupButtons({ account, panel, onOpen, onApproach }: EveryGroupButtonsProps) {
  const t = useTranslations('bulkCollect.everyGroup')
  const shortcuts = useTranslations('mutes.shortcuts')
  const { data } = useQuery(muteQueries.joined(account))
  const count = data?.groups.length ?? 0
  useShortcut({ key: 'm', label: shortcuts('mute'), when: count > 0, run: () => onOpen('mute') })
  useShortcut({ key: 'u', label: shortcuts('lift'), when: count > 0, run: () => onOpen('lift') })
  // Their place is kept, so that nothing jumps when the groups are there.
  if (!data) return <div className="mt-3 h-control" />
  if (count === 0) return null
  const opens = { onPointerEnter: onApproach, onFocus: onApproach }
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      <Button
        {...opens}
        variant={panel ? 'secondary' : 'primary'}
        icon={<MicOff aria-hidden className="size-4" />}
        shortcut="m"
        data-opens-composer
        aria-expanded={panel === 'mute'}
        onClick={() => onOpen('mute')}
      >
        {t('mute', { count })}
      </Button>
      <Button
        {...opens}
        icon={<Volume2 aria-hidden className="size-4" />}
        shortcut="u"
        aria-expanded={panel === 'lift'}
        onClick={() => onOpen('lift')}
      >
        {t('lift', { count })}
      </Button>
    </div>
  )
}
