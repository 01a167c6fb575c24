export const dynamic = 'force-dynamic'

/** Whether the process answers at all; touches neither the database nor a secret. */
export function GET(): Response {
  return Response.json({ ok: true }, { headers: { 'cache-control': 'no-store' } })
}
