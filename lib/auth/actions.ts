'use server'

import { defineAction } from '@/lib/action'
import { addApiKey } from './add-api-key'
import { addApiKeySchema, revokeApiKeySchema } from './api-key-schemas'
import { revokeApiKey } from './revoke-api-key'

export const addApiKeyAction = defineAction({
  name: 'api-keys.add',
  input: addApiKeySchema,
  permission: 'api-keys:write',
  limit: 30,
  verb: addApiKey,
})

export const revokeApiKeyAction = defineAction({
  name: 'api-keys.revoke',
  input: revokeApiKeySchema,
  permission: 'api-keys:write',
  limit: 30,
  verb: revokeApiKey,
})
