import { exportBulkMute } from '@/lib/bulk-mutes/export'
import { exportBulkMuteSchema } from '@/lib/bulk-mutes/schemas'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'bulk-mutes.export',
  input: exportBulkMuteSchema,
  permission: 'accounts:read',
  limit: 30,
  verb: exportBulkMute,
  respond({ csv, bulkId, only, ofGroups }) {
    const name = ['bulk', bulkId.slice(0, 8), ...(ofGroups ? ['groups'] : []), ...(only ? [only] : [])].join(
      '-',
    )
    return new Response(csv, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${name}.csv"`,
        'cache-control': 'no-store',
      },
    })
  },
})
