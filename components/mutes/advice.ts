import { getTranslations } from 'next-intl/server'
import { isOwnFailure } from '@/lib/mutes/rules'
import type { MuteFailure } from '@/lib/mutes/schemas'
import type { ProviderName } from '@/lib/provider/port'
import type { AdviceDto, AdviceInput } from '@/lib/provider/schemas'
import { codeMessageKey as tencentMessageKey } from '@/lib/provider/tencent/codes'
import { codeMessageKey as zegoMessageKey } from '@/lib/provider/zego/codes'

/** On the server: what a failure means and what to do, in the reader's language. */
export async function failureAdvice(provider: ProviderName, failure: MuteFailure): Promise<AdviceDto> {
  const { kind, providerCode } = failure
  if (isOwnFailure(kind)) {
    const t = await getTranslations('mutes.failures')
    return { meaning: t(`${kind}.meaning`), advice: t(`${kind}.advice`) }
  }
  return adviceOf({ provider, kind, code: providerCode })
}

/** On the server: what a provider's answer means and what to do, by its kind or by its code. */
export async function adviceOf({ provider, kind, code }: AdviceInput): Promise<AdviceDto> {
  if (kind === 'refused' && code !== undefined) return adviceOfCode(provider, code)
  const t = await getTranslations('provider')
  return { meaning: t(`${kind}.meaning`), advice: t(`${kind}.advice`) }
}

async function adviceOfCode(provider: ProviderName, code: number): Promise<AdviceDto> {
  switch (provider) {
    case 'tencent': {
      const t = await getTranslations('provider-tencent')
      const key = tencentMessageKey(code)
      return { meaning: t(`${key}.meaning`), advice: t(`${key}.advice`) }
    }
    case 'zego': {
      const t = await getTranslations('provider-zego')
      const key = zegoMessageKey(code)
      return { meaning: t(`${key}.meaning`), advice: t(`${key}.advice`) }
    }
    default:
      return provider satisfies never
  }
}
