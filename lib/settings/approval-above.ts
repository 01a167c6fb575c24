import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Db, Tx } from '@/lib/db'
import { findSetting, unchanged } from './internal'
import { defaultApprovalAbove } from './rules'
import { type ApprovalAboveDto, approvalAboveSchema } from './schemas'

/** Above how many accounts of a bulk mute a second person has to agree, for the verbs that hold to it. */
export async function findApprovalAbove(db: Db | Tx): Promise<number> {
  return (await read(db)).accounts
}

/** The same for whoever may change it. Throws `FORBIDDEN`. */
export async function getApprovalAbove({ db }: Pick<Context, 'db'>, actor: Actor): Promise<ApprovalAboveDto> {
  requirePermission(actor, 'settings:write')
  return read(db)
}

async function read(db: Db | Tx): Promise<ApprovalAboveDto> {
  const setting = await findSetting(db, 'bulk-approval-above')
  if (!setting) return { accounts: defaultApprovalAbove, ...unchanged }
  return { accounts: approvalAboveSchema.parse(setting.value), ...setting.state }
}
