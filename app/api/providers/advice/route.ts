import { getTranslations } from 'next-intl/server'
import { type AdviceDto, type AdviceInput, adviceSchema } from '@/lib/provider/schemas'
import { codeMessageKey } from '@/lib/provider/tencent/codes'
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
  if (provider === 'tencent' && kind === 'refused' && code !== undefined) {
    const t = await getTranslations('provider-tencent')
    const key = codeMessageKey(code)
    return { meaning: t(`${key}.meaning`), advice: t(`${key}.advice`) }
  }
  const t = await getTranslations('provider')
  return { meaning: t(`${kind}.meaning`), advice: t(`${kind}.advice`) }
}
