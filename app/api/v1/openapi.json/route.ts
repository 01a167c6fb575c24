import { env } from '@/lib/env'
import { apiDocument } from './document'

export const dynamic = 'force-dynamic'

/** What the public API takes and answers, for anybody: it says nothing of what is in this console. */
export function GET(): Response {
  return Response.json(apiDocument(env().appOrigin), { headers: { 'cache-control': 'no-store' } })
}
