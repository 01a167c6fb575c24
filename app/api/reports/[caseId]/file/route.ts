import { AppError } from '@/lib/errors'
import { messageFileSchema } from '@/lib/reports/file-schemas'
import { getMessageFile } from '@/lib/reports/get-file'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'reports.file',
  input: messageFileSchema,
  permission: 'reports:read',
  limit: 120,
  verb: getMessageFile,
  respond(picture) {
    if (!picture) throw new AppError('NOT_FOUND')
    return new Response(picture.bytes, {
      headers: { 'content-type': picture.type, 'cache-control': 'no-store' },
    })
  },
})
