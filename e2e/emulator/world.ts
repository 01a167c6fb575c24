import { createEmulatorClock, type EmulatorClock } from './clock'
import { type DataName, seedOf, zegoSeedOf } from './data/seeds'
import type { Delivery } from './deliveries'
import { createFaults, type Faults } from './faults'
import { createLog, type Log } from './log'
import { createRates, type Rates } from './rates'
import type { CallEntry, JournalEntry, SeedApp, Violation } from './schemas'
import { createApp, putAccount, type TencentApp } from './tencent/apps'
import { putGroup, putPeerMessages } from './tencent/put-group'
import type { Tip } from './tips'
import { createZegoApp, type ZegoApp } from './zego/apps'
import type { SeedZegoApp } from './zego/schemas'
import { putZegoSeed } from './zego/seed'

/** Everything that the emulator knows and remembers. */
export type World = {
  clock: EmulatorClock
  /** Where the emulator listens; addresses of pictures that begin with `/` are meant there. */
  origin: string
  apps: Map<number, TencentApp>
  zegoApps: Map<number, ZegoApp>
  journal: Log<Omit<JournalEntry, 'seq'>>
  /** What the members of groups were told. */
  tips: Log<Omit<Tip, 'seq'>>
  /** What people were written by the server API. */
  deliveries: Log<Omit<Delivery, 'seq'>>
  calls: Log<Omit<CallEntry, 'seq'>>
  violations: Log<Omit<Violation, 'seq'>>
  faults: Faults
  rates: Rates
  /** How long every provider call takes at least, in real milliseconds. */
  latencyMs: number
  /** Grows with each reset: a call from before it must not change the world after it. */
  age: number
  /** Back to the beginning: the data set (the last one unless named), and no trace of what was. */
  reset(data?: DataName): void
}

/** Makes a world with a data set in it. */
export function createWorld(options: {
  data: DataName
  apps: readonly SeedApp[]
  zegoApps: readonly SeedZegoApp[]
  latencyMs: number
  monotonicNow: () => number
}): World {
  let data = options.data

  const world: World = {
    clock: createEmulatorClock(),
    origin: '',
    apps: new Map(),
    zegoApps: new Map(),
    journal: createLog(),
    tips: createLog(),
    deliveries: createLog(),
    calls: createLog(),
    violations: createLog(),
    faults: createFaults(),
    rates: createRates(options.monotonicNow),
    latencyMs: options.latencyMs,
    age: 0,
    reset(named = data) {
      data = named
      world.age += 1
      world.latencyMs = options.latencyMs
      world.clock.reset()
      world.journal.clear()
      world.tips.clear()
      world.deliveries.clear()
      world.calls.clear()
      world.violations.clear()
      world.faults.clear()
      world.rates.clear()
      world.apps = appsWith(data, options.apps, world.clock.mutesNow())
      world.zegoApps = zegoAppsWith(data, options.zegoApps, world.clock.mutesNow())
    },
  }
  world.reset()
  return world
}

function appsWith(data: DataName, seeds: readonly SeedApp[], nowMs: number): Map<number, TencentApp> {
  const apps = new Map(seeds.map((seed) => [seed.appId, createApp(seed)]))
  for (const { appId, accounts, groups, peerMessages } of seedOf(data)) {
    const app = apps.get(appId)
    if (!app) continue
    for (const account of accounts) putAccount(app, account, nowMs)
    for (const group of groups) putGroup(app, group, nowMs)
    putPeerMessages(app, peerMessages, nowMs)
  }
  return apps
}

function zegoAppsWith(data: DataName, seeds: readonly SeedZegoApp[], nowMs: number): Map<number, ZegoApp> {
  const apps = new Map(seeds.map((seed) => [seed.appId, createZegoApp(seed)]))
  for (const { appId, seed } of zegoSeedOf(data)) {
    const app = apps.get(appId)
    if (app) putZegoSeed(app, seed, nowMs)
  }
  return apps
}
