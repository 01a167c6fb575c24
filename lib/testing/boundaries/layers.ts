import { type Complaint, isShipped, type Project, resolve, wayToServer } from './project'

/** Features and the features that they may use. */
const features: Record<string, readonly string[]> = {
  reports: ['bulk-mutes', 'mutes', 'accounts', 'groups', 'settings'],
  // What a run may do depends on what leads have set.
  'bulk-mutes': ['mutes', 'accounts', 'groups', 'settings'],
  mutes: ['accounts', 'groups'],
  accounts: [],
  groups: [],
  settings: [],
}

/** What stands below the features, and what of the same level each may use. */
const foundations: Record<string, readonly string[]> = {
  db: [],
  throttle: ['db'],
  audit: ['db', 'auth'],
  auth: ['db', 'audit'],
  provider: ['db', 'throttle'],
  jobs: ['db'],
}

const base = [
  'env',
  'errors',
  'result',
  'clock',
  'log',
  'read',
  'shape',
  'headers',
  'status',
  'api-operation',
  'end-requests',
  'event-stream',
  'semaphore',
  'together',
  'loopback',
  'networks',
]
/** Files at the top of lib that tie the layers together, and who may import them. */
const wrappers: Record<string, RegExp> = {
  'lib/action.ts': /^lib\/((route|api|callback)\.ts|[\w-]+\/actions\.ts)$/,
  'lib/route.ts': /^app\/api\/(?!(v1|callbacks)\/)/,
  'lib/api.ts': /^app\/api\/v1\//,
  'lib/callback.ts': /^app\/api\/callbacks\//,
  'lib/context.ts': /^(app\/|lib\/(action|route|api|callback)\.ts|lib\/jobs\/start\.ts|lib\/cli\/)/,
}
/** What the process's start reaches and nothing else: it calls the verbs of any feature. */
const isEntry = (file: string) =>
  /^(instrumentation|proxy)\.ts$|^lib\/(cli\/|start-console\.ts$|jobs\/start\.ts$)/.test(file)

/** Pure contracts that every layer may import. */
const isLeaf = (file: string) =>
  /^lib\/[\w-]+\/(([\w-]+-)?schemas|rules|query-options)\.ts$|^lib\/provider\/(port|capabilities|errors)\.ts$|^lib\/auth\/(roles|actor)\.ts$|^lib\/audit\/(events|outcomes)\.ts$/.test(
    file,
  )

type Unit = {
  kind: 'app' | 'components' | 'feature' | 'foundation' | 'base' | 'i18n' | 'wrapper' | 'entry'
  name: string
}

function unitOf(file: string): Unit | null {
  if (isEntry(file)) return { kind: 'entry', name: file }
  if (file.startsWith('app/') || /^[^/]+\.ts$/.test(file)) return { kind: 'app', name: 'app' }
  if (file.startsWith('components/')) return { kind: 'components', name: 'components' }
  if (file in wrappers) return { kind: 'wrapper', name: file }
  const [, name = ''] = /^lib\/([\w-]+)/.exec(file) ?? []
  if (file === `lib/${name}.ts`) return base.includes(name) ? { kind: 'base', name } : null
  if (name in features) return { kind: 'feature', name }
  if (name in foundations) return { kind: 'foundation', name }
  return name === 'i18n' ? { kind: 'i18n', name } : null
}

/** Every import goes down the layers: app → components → features → foundations → base. */
export function importsFollowLayers(project: Project): Complaint[] {
  const complaints: Complaint[] = []
  for (const source of project.values()) {
    if (!isShipped(source.path)) continue
    const unit = unitOf(source.path)
    if (!unit) {
      complaints.push(`${source.path}: stands in no layer; say in lib/testing/boundaries/layers.ts which one`)
      continue
    }
    for (const { target, specifier } of source.imports) {
      if (target === null) continue
      if (/^(e2e|lib\/testing)(\/|$)/.test(target)) {
        complaints.push(`${source.path}: shipped code imports ${specifier}`)
        continue
      }
      const imported = resolve(project, target)
      if (!imported || isLeaf(imported.path)) continue
      if (!isShipped(imported.path)) complaints.push(`${source.path}: shipped code imports ${specifier}`)
      else if (!mayImport(project, source.path, unit, imported.path)) {
        complaints.push(`${source.path}: must not import ${specifier}`)
      }
    }
  }
  return complaints
}

function mayImport(project: Project, from: string, unit: Unit, to: string): boolean {
  const target = unitOf(to)
  // A file outside every layer has its own complaint.
  if (!target || target.kind === 'base') return true
  if (unit.kind === 'app' || unit.kind === 'entry')
    return target.kind !== 'wrapper' || mayUseWrapper(unit, from, to)
  if (target.kind === 'app' || target.kind === 'entry') return false
  if (unit.kind === 'components') return mayShow(project, to, target)
  if (target.kind === 'components') return false
  if (target.kind === 'wrapper') return mayUseWrapper(unit, from, to)
  if (unit.kind === 'base') return false
  if (target.kind === 'i18n') return unit.kind === 'i18n'
  if (unit.kind === 'wrapper') return target.kind === 'foundation'
  if (target.kind === 'foundation') {
    return (
      unit.kind === 'feature' ||
      unit.name === target.name ||
      (foundations[unit.name] ?? []).includes(target.name)
    )
  }
  return (
    unit.kind === 'feature' &&
    (unit.name === target.name || (features[unit.name] ?? []).includes(target.name))
  )
}

function mayUseWrapper(unit: Unit, from: string, to: string): boolean {
  if (to === 'lib/context.ts' && unit.kind === 'feature') return true
  return wrappers[to]?.test(from) ?? false
}

/** Components see actions, which are only references in the browser, and modules without server code. */
function mayShow(project: Project, to: string, target: Unit): boolean {
  if (target.kind === 'components') return true
  return /^lib\/[\w-]+\/actions\.ts$/.test(to) || wayToServer(project, to) === null
}

/** The contracts that both sides import hold no server code, and schemas need no package but zod. */
export function leavesArePure(project: Project): Complaint[] {
  return [...project.values()].flatMap((source) => {
    if (!isLeaf(source.path)) return []
    const way = wayToServer(project, source.path)
    const packages = source.path.endsWith('/schemas.ts')
      ? source.imports.filter(({ target, specifier }) => target === null && specifier !== 'zod')
      : []
    return [
      ...(way ? [`${source.path}: is for both sides but runs server code: ${way.join(' → ')}`] : []),
      ...packages.map(({ specifier }) => `${source.path}: a schema imports only zod, not ${specifier}`),
    ]
  })
}

/** What runs in the browser never reaches a module of the server. */
export function clientStaysOnClient(project: Project): Complaint[] {
  return [...project.values()].flatMap((source) => {
    if (!source.directives.includes('use client')) return []
    const way = wayToServer(project, source.path)
    return way ? [`${source.path}: 'use client' reaches the server: ${way.join(' → ')}`] : []
  })
}

/** The emulator reads the providers' documents by itself: nothing of the product is in it. */
export function emulatorStandsAlone(project: Project): Complaint[] {
  return [...project.values()].flatMap((source) =>
    source.path.startsWith('e2e/emulator/')
      ? source.imports
          .filter(({ target }) => target !== null && !target.startsWith('e2e/emulator/'))
          .map(({ specifier }) => `${source.path}: the emulator imports ${specifier}`)
      : [],
  )
}
