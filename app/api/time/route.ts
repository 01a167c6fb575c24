import { systemClock } from '@/lib/clock'

export const dynamic = 'force-dynamic'

/** The server's time, epoch ms: what browsers measure their own clock against. Says nothing else, so it needs no actor. */
export function GET(): Response {
  return Response.json({ now: systemClock.now() }, { headers: { 'cache-control': 'no-store' } })
}
