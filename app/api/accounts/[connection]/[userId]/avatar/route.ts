import { getAvatar } from '@/lib/accounts/get-avatar'
import { accountKeySchema } from '@/lib/accounts/schemas'
import { AppError } from '@/lib/errors'
import { defineRoute } from '@/lib/route'

export const GET = defineRoute({
  name: 'accounts.avatar',
  input: accountKeySchema,
  permission: 'accounts:read',
  // A search shows up to 150 pictures.
  limit: 1_200,
  verb: getAvatar,
  respond(picture) {
    if (!picture) throw new AppError('NOT_FOUND')
    return new Response(picture.bytes, {
      headers: {
        'content-type': picture.type,
        'cache-control': 'private, max-age=3600',
      },
    })
  },
})
