import { createJudge } from '../judge'
import { lookUpCode } from './codes'
import { envelopeSchema } from './wire'

/** The judge of this provider's answers: its `ErrorCode` decides. */
export const judge = createJudge({
  provider: 'tencent',
  codeOf: (json) => envelopeSchema.safeParse(json).data?.ErrorCode,
  lookUpCode,
})
