import { createBulkMute } from '@/lib/bulk-mutes/create'
import { getBulkMute } from '@/lib/bulk-mutes/get'
import { listBulkItems } from '@/lib/bulk-mutes/list-items'
import { runBulkMutes } from '@/lib/bulk-mutes/run-due'
import type { CreateBulkMuteInput } from '@/lib/bulk-mutes/schemas'
import { startBulkMute } from '@/lib/bulk-mutes/start'
import type { Db } from '@/lib/db'
import { settleDueMutes } from '@/lib/mutes/settle-due'
import { addActor } from './moderators'
import { reason, startMuteWorld } from './mute-world'

type Wish = { kind: 'mute' | 'lift' } & Partial<Omit<Extract<CreateBulkMuteInput, { kind: 'mute' }>, 'kind'>>

/** A moderator, a provider, and what makes runs over many accounts and works on them until they rest. */
export async function startBulkStage(db: Db) {
  const world = await startMuteWorld(db)
  const { context } = world
  const actor = await addActor(db)
  const { control } = world.emulator
  /** Accounts of the Tencent app; some muted already. */
  const addAccounts = async (count: number, mutes: (index: number) => object = () => ({})) => {
    const accounts = Array.from({ length: count }, (_, index) => ({
      id: `acc-${String(index).padStart(4, '0')}`,
      nickname: `Name ${index}`,
      ...mutes(index),
    }))
    await control.seed({ accounts })
    return accounts.map(({ id }) => id)
  }
  const create = (userIds: string[], { kind, ...wish }: Wish = { kind: 'mute' }, by = actor) => {
    const common = {
      idempotencyKey: crypto.randomUUID(),
      connection: 'sg',
      userIds,
      ...(wish.groupId === undefined && !wish.everyGroup
        ? { scopes: ['one_to_one' as const, 'all_groups' as const] }
        : {}),
      reason,
    }
    return createBulkMute(
      context,
      by,
      kind === 'lift'
        ? { kind, ...common, ...wish }
        : { kind, ...common, end: { kind: 'duration', seconds: 3_600 }, mayShorten: false, ...wish },
    )
  }
  /** Works as the jobs do until nothing is due. */
  const work = async (stop = AbortSignal.timeout(60_000)) => {
    await runBulkMutes(context, stop)
    await settleDueMutes(context)
  }
  const look = (bulkId: string) => getBulkMute(context, actor, { bulkId })
  const items = async (bulkId: string) => (await listBulkItems(context, actor, { bulkId, limit: 500 })).items
  /** Makes a run, previews it and starts it, and works until it rests. */
  const run = async (userIds: string[], wish?: Wish) => {
    const { id } = await create(userIds, wish)
    await work()
    const { token } = await look(id)
    await startBulkMute(context, actor, { bulkId: id, token: token ?? '' })
    await work()
    return look(id)
  }
  return { world, db, context, actor, control, addAccounts, create, work, look, items, run }
}
