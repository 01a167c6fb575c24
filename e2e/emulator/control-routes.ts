import * as z from 'zod'
import { CALLBACK_ROUTE } from './callbacks'
import { requireAccount, requireApp } from './control-apps'
import { GROUP_ROUTES, seedGroups } from './control-groups'
import { type ControlRoute, route } from './control-route'
import { putZego, ZEGO_ROUTES } from './control-zego'
import { currentEnd, endOfWish } from './ends'
import { addFaultsSchema } from './fault-schemas'
import { seedWithGroupsSchema } from './group-schemas'
import {
  API_NAMES,
  type ApiName,
  advanceSchema,
  latencySchema,
  type MuteEnd,
  type MuteWish,
  putMutesSchema,
  resetSchema,
  type Stats,
  type ViolationKind,
} from './schemas'
import { type Account, createApp, putAccount, type TencentApp } from './tencent/apps'
import type { World } from './world'
import { zegoSeedSchema } from './zego/schemas'

const sinceSchema = z.strictObject({ since: z.coerce.number().int().min(0).default(0) })
const accountQuerySchema = z.strictObject({
  appId: z.coerce.number().int().optional(),
  account: z.string().min(1),
})
const nothingSchema = z.strictObject({})
const wholeSeedSchema = seedWithGroupsSchema.extend({ zego: zegoSeedSchema.optional() })

const DONE = { ok: true }

/** All control routes by method and path. */
export const CONTROL_ROUTES: Readonly<Record<string, ControlRoute>> = {
  'POST /control/reset': route(resetSchema, (world, { data }) => {
    world.reset(data)
    return DONE
  }),
  'POST /control/seed': route(
    wholeSeedSchema,
    (world, { appId, apps, accounts, groups, peerMessages, zego }) => {
      if (zego) putZego(world, zego)
      for (const app of apps) world.apps.set(app.appId, createApp(app))
      if (accounts.length + groups.length + peerMessages.length === 0) return DONE
      const app = requireApp(world, appId)
      for (const account of accounts) putAccount(app, account, world.clock.mutesNow())
      seedGroups(world, app, groups, peerMessages)
      return DONE
    },
  ),
  'POST /control/clock/advance': route(advanceSchema, (world, { seconds, hand }) => {
    world.clock.advance(seconds, hand)
    return clockOf(world)
  }),
  'GET /control/clock': route(nothingSchema, clockOf),
  'GET /control/journal': route(sinceSchema, (world, { since }) => world.journal.list(since)),
  'GET /control/tips': route(sinceSchema, (world, { since }) => world.tips.list(since)),
  'GET /control/deliveries': route(sinceSchema, (world, { since }) => world.deliveries.list(since)),
  'GET /control/calls': route(sinceSchema, (world, { since }) => world.calls.list(since)),
  'GET /control/violations': route(nothingSchema, (world) => {
    const list = world.violations.list()
    const counts: Partial<Record<ViolationKind, number>> = {}
    for (const { kind } of list) counts[kind] = (counts[kind] ?? 0) + 1
    return { total: list.length, counts, list }
  }),
  'GET /control/stats': route(nothingSchema, statsOf),
  'POST /control/faults': route(addFaultsSchema, (world, { faults }) => {
    world.faults.add(faults)
    return DONE
  }),
  'GET /control/faults': route(nothingSchema, (world) => world.faults.list()),
  'DELETE /control/faults': route(nothingSchema, (world) => {
    world.faults.clear()
    return DONE
  }),
  'POST /control/faults/release': route(nothingSchema, (world) => {
    world.faults.release()
    return DONE
  }),
  'POST /control/latency': route(latencySchema, (world, { ms }) => {
    world.latencyMs = ms
    return DONE
  }),
  'GET /control/mutes': route(accountQuerySchema, (world, input) => {
    const app = requireApp(world, input.appId)
    return mutesOf(world, app, requireAccount(app, input.account))
  }),
  'PUT /control/mutes': route(putMutesSchema, (world, { appId, account: id, oneToOne, allGroups }) => {
    const app = requireApp(world, appId)
    const account = requireAccount(app, id)
    const changes = {
      ...(oneToOne !== undefined && { oneToOne: changeOf(world, account.oneToOne, oneToOne) }),
      ...(allGroups !== undefined && { allGroups: changeOf(world, account.allGroups, allGroups) }),
    }
    if (changes.oneToOne) account.oneToOne = changes.oneToOne.after
    if (changes.allGroups) account.allGroups = changes.allGroups.after
    world.journal.add({
      at: Date.now(),
      emulatorAt: world.clock.mutesNow(),
      source: 'elsewhere',
      appId: app.appId,
      account: id,
      group: null,
      topic: null,
      random: null,
      changes,
    })
    return mutesOf(world, app, account)
  }),
  'POST /control/callback': CALLBACK_ROUTE,
  ...GROUP_ROUTES,
  ...ZEGO_ROUTES,
}

function clockOf(world: World) {
  return {
    realNow: Date.now(),
    mutesNow: world.clock.mutesNow(),
    signaturesNow: world.clock.signaturesNow(),
  }
}

function mutesOf(world: World, app: TencentApp, account: Account) {
  const now = world.clock.mutesNow()
  return {
    appId: app.appId,
    account: account.id,
    oneToOne: currentEnd(account.oneToOne, now),
    allGroups: currentEnd(account.allGroups, now),
  }
}

function changeOf(world: World, before: MuteEnd, wish: MuteWish) {
  const now = world.clock.mutesNow()
  return { before: currentEnd(before, now), after: endOfWish(wish, now) }
}

function statsOf(world: World): Stats {
  const apis = world.rates.figures().map(({ key, ...figures }) => {
    const [appId, api] = key.split('/')
    return { appId: Number(appId), api: requireApiName(api), ...figures }
  })
  return { overLimit: apis.reduce((sum, { overLimit }) => sum + overLimit, 0), apis }
}

function requireApiName(name: string | undefined): ApiName {
  const known = API_NAMES.find((api) => api === name)
  if (!known) throw new Error('a rate window has an unknown name')
  return known
}
