import { AppError } from '@/lib/errors'
import { answerFile } from '@/lib/reports/answer-file'
import { messageFileSchema } from '@/lib/reports/file-schemas'
import { getMessageFile } from '@/lib/reports/get-file'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'reports.file',
  input: messageFileSchema,
  permission: 'reports:read',
  limit: 120,
  verb: getMessageFile,
  respond(file, request) {
    if (!file) throw new AppError('NOT_FOUND')
    return answerFile(file, request.headers.get('range'))
  },
})
