import { getTranslations } from 'next-intl/server'
import type { ProviderName } from '@/lib/provider/port'
import { type AdviceDto, type AdviceInput, adviceSchema } from '@/lib/provider/schemas'
import { codeMessageKey as tencentMessageKey } from '@/lib/provider/tencent/codes'
import { codeMessageKey as zegoMessageKey } from '@/lib/provider/zego/codes'
import { defineRoute } from '@/lib/route'

/** What a provider's failure means and what to do, so that its catalogue need not travel to every browser. */
export const GET = defineRoute({
  name: 'providers.advice',
  input: adviceSchema,
  permission: 'accounts:read',
  limit: 240,
  verb: async (_context, _actor, input): Promise<AdviceDto> => adviceOf(input),
})

async function adviceOf({ provider, kind, code }: AdviceInput): Promise<AdviceDto> {
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
