import { exportMutesInForce } from '@/lib/mutes/export-in-force'
import { ledgerFiltersSchema } from '@/lib/mutes/ledger-schemas'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'mutes.export',
  input: ledgerFiltersSchema,
  permission: 'accounts:read',
  // Ten thousand rows and an audit event each time.
  limit: 10,
  verb: exportMutesInForce,
  respond({ csv, isCut, at }) {
    const time = new Date(at).toISOString().slice(0, 16).replaceAll(':', '')
    // A file that is not all says so where it cannot be lost.
    const name = `mutes-${time}Z${isCut ? '-incomplete' : ''}.csv`
    return new Response(csv, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
      },
    })
  },
})
