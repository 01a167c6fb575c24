import 'server-only'
import { cache } from 'react'
import { getDb } from '@/lib/db'
import { errorFields, log } from '@/lib/log'
import type { Actor } from './actor'
import { auditRefusal } from './audit-refusal'
import { hasPermission, type Permission } from './roles'

/**
 * Whether a page is open to whoever opens it; that it was not is audited, once a request. `action` is its name in the
 * audit, like `audit.open`. The page says that it is closed even when the audit cannot be written, as an action does.
 */
export const mayOpen: (actor: Actor, permission: Permission, action: string) => Promise<boolean> = cache(
  async (actor, permission, action) => {
    if (hasPermission(actor.role, permission)) return true
    try {
      await auditRefusal(await getDb(), actor, { action, code: 'FORBIDDEN' })
    } catch (error) {
      log.error({ action, ...errorFields(error) }, 'a refusal could not be audited')
    }
    return false
  },
)
