'use client'

import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { isOwnFailure } from '@/lib/mutes/rules'
import type { MuteFailure } from '@/lib/mutes/schemas'
import type { ProviderName } from '@/lib/provider/port'
import { providerQueries } from '@/lib/provider/query-options'
import type { AdviceDto } from '@/lib/provider/schemas'

type FailureProps = { provider: ProviderName; failure: MuteFailure }

/** What a failure means and what to do about it, in the moderator's language. The code stays beside it, to copy. */
export function FailureText({ provider, failure }: FailureProps) {
  const t = useTranslations('mutes.failures')
  const words = useAdvice({ provider, failure })
  return (
    <>
      <p className="first-letter:uppercase">{words ? words.meaning : t('loading')}</p>
      {words && <p>{words.advice}</p>}
    </>
  )
}

/** The words for a failure; undefined while they are looked up. */
function useAdvice({ provider, failure }: FailureProps): AdviceDto | undefined {
  const t = useTranslations('mutes.failures')
  const general = useTranslations('provider')
  const locale = useLocale()
  const { kind, providerCode } = failure
  const isOurs = isOwnFailure(kind)
  const isCode = kind === 'refused' && providerCode !== undefined
  const code = useQuery({
    ...providerQueries.advice({ provider, kind: isOurs ? 'refused' : kind, code: providerCode }, locale),
    enabled: isCode,
  })
  if (isOurs) return { meaning: t(`${kind}.meaning`), advice: t(`${kind}.advice`) }
  const inGeneral = { meaning: general(`${kind}.meaning`), advice: general(`${kind}.advice`) }
  if (!isCode) return inGeneral
  return code.isError ? inGeneral : code.data
}

/** A failure as people give it to each other: "tencent 70107", "tencent timeout". */
export function failureCode({ provider, failure }: FailureProps): string {
  return `${provider} ${failure.providerCode ?? failure.kind}`
}
