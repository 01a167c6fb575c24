import { endingSignal } from '@/lib/end-requests'
import { eventStream } from '@/lib/event-stream'
import { followCases } from '@/lib/reports/follow-cases'
import { followCasesSchema } from '@/lib/reports/live-schemas'
import { defineRoute } from '@/lib/route'

/** The browser asks anew after so long, and the rights of whoever follows are looked at again; in ms. */
const followMs = 5 * 60_000

export const GET = defineRoute({
  name: 'reports.live',
  input: followCasesSchema,
  permission: 'reports:read',
  limit: 120,
  verb: followCases,
  respond: (news, { signal }) =>
    eventStream(news, AbortSignal.any([signal, endingSignal(), AbortSignal.timeout(followMs)])),
})
