import { useTranslations } from 'next-intl'
import { isOwnFailure } from '@/lib/mutes/rules'
import type { MuteFailure } from '@/lib/mutes/schemas'

/** Why a call to a provider failed, with its code. */
export function FailureLine({ kind, providerCode }: MuteFailure) {
  const ours = useTranslations('mutes.failures')
  const provider = useTranslations('provider')
  const isOurs = isOwnFailure(kind)
  return (
    <p>
      {isOurs ? ours(`${kind}.meaning`) : provider(`${kind}.meaning`)}
      {providerCode !== undefined && ` (${providerCode})`}
    </p>
  )
}
