import { MicOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { EmptyState } from '@/components/ui/empty-state'
import type { GroupType } from '@/lib/provider/port'

/** Why a choice that a moderator expects is not there, before it can be made. */
export function NotHere({ type, isMember }: { type: GroupType | null; isMember: boolean }) {
  const t = useTranslations('groups.notHere')
  const types = useTranslations('groups.types')
  return (
    <section data-capability="none" className="rounded-panel border border-line bg-surface">
      <EmptyState
        icon={<MicOff aria-hidden />}
        title={type ? t(isMember ? 'member' : 'everyone', { type: types(type) }) : t('unknown')}
      >
        {type ? t(isMember ? 'memberText' : 'everyoneText') : t('unknownText')}
      </EmptyState>
    </section>
  )
}
