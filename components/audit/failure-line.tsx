import { useTranslations } from 'next-intl'
import { isOwnFailure } from '@/lib/mutes/rules'
import type { MuteFailure } from '@/lib/mutes/schemas'

type FailureLineProps = MuteFailure & {
  /** whether it took effect is not known: a code alone then does not say that it was refused */
  isUnknown?: boolean
}

/** Why a call to a provider failed, with its code. */
export function FailureLine({ kind, providerCode, isUnknown = false }: FailureLineProps) {
  const t = useTranslations('audit')
  const ours = useTranslations('mutes.failures')
  const provider = useTranslations('provider')
  const isUnclear = isUnknown && kind === 'refused'
  const inWords = () => (isOwnFailure(kind) ? ours(`${kind}.meaning`) : provider(`${kind}.meaning`))
  return (
    <p>
      {isUnclear ? t('unclear') : inWords()}
      {providerCode !== undefined && ` (${providerCode})`}
    </p>
  )
}
