import { adviceOf } from '@/components/mutes/advice'
import { type AdviceDto, adviceSchema } from '@/lib/provider/schemas'
import { defineRoute } from '@/lib/route'

/** What a provider's failure means and what to do, so that its catalogue need not travel to every browser. */
export const GET = defineRoute({
  name: 'providers.advice',
  input: adviceSchema,
  permission: 'accounts:read',
  limit: 240,
  verb: async (_context, _actor, input): Promise<AdviceDto> => adviceOf(input),
})
