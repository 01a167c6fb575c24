import { createJudge } from '../judge'
import { lookUpCode } from './codes'
import { envelopeSchema } from './wire'

/**
 * The judge of this provider's answers: `Code` decides, unless the answer tells for which accounts it failed. Then it
 * is read account by account, also when it failed for all of them.
 */
export const judge = createJudge({
  provider: 'zego',
  codeOf(json) {
    const envelope = envelopeSchema.safeParse(json).data
    return envelope && envelope.failures.length > 0 ? 0 : envelope?.code
  },
  lookUpCode,
})
