import { type Complaint, isShipped, type Project, resolve } from './project'
import { callsWithin, type NamedFunction, type Source, type Span } from './source'

/** Files over the limit, each with the reason why splitting would make it worse. */
const longFiles: Record<string, string> = {}
export const maxLines = 250

/**
 * Files whose functions take the actor only to name them in the ledger. They check nothing, so only verbs of their own
 * feature may import them.
 */
const partsOfVerbs: readonly string[] = ['lib/mutes/dto.ts', 'lib/mutes/request.ts', 'lib/mutes/run.ts']

const noVerbs = /^lib\/(db|throttle|provider|jobs|i18n|cli|testing)\//
const holdsVerbs = (source: Source) =>
  /^lib\/[\w-]+\//.test(source.path) && isShipped(source.path) && !noVerbs.test(source.path)

/** Every verb asks for its permission in its first statement, before it can touch anything. */
export function verbsCheckPermission(project: Project): Complaint[] {
  return [...project.values()].filter(holdsVerbs).flatMap((source) =>
    source.functions
      .filter((candidate) => candidate.isExported && candidate.isAsync && takesActor(candidate))
      .filter(() => !partsOfVerbs.includes(source.path))
      .filter((verb) => !beginsWithCheck(source, verb))
      .map((verb) => `${source.path}: ${verb.name} must begin with requirePermission(actor, …)`),
  )
}

function takesActor({ params }: NamedFunction): boolean {
  return params.some(({ name, type }) => type === 'Actor' || name === 'actor')
}

function beginsWithCheck(source: Source, verb: NamedFunction): boolean {
  const [first] = verb.statements
  return (
    first !== undefined && /^requirePermission\(\s*actor\s*,/.test(source.text.slice(first.start, first.end))
  )
}

/** What checks nothing itself cannot be reached from outside the feature. */
export function partsOfVerbsStayInside(project: Project): Complaint[] {
  return [...project.values()].flatMap((source) =>
    source.imports.flatMap(({ target, specifier, isTypeOnly }) => {
      const imported = resolve(project, target)
      if (isTypeOnly || !imported || !isShipped(source.path) || !partsOfVerbs.includes(imported.path))
        return []
      const isOwn = folderOf(source.path) === folderOf(imported.path) && !source.path.endsWith('/actions.ts')
      return isOwn ? [] : [`${source.path}: only the verbs of its feature may import ${specifier}`]
    }),
  )
}

/** `takeScopes` and `requestMany` record every command that they write, `startOrAsk` what it made of a run. */
const recorders = ['record', 'recordAll', 'takeScopes', 'requestMany', 'startOrAsk']

/** A transaction that changes anything records what it did, inside the transaction. */
export function changesAreRecorded(project: Project): Complaint[] {
  return [...project.values()]
    .filter((source) => holdsVerbs(source) || source.path === 'lib/action.ts')
    .flatMap((source) =>
      source.calls
        .filter((call) => call.name === 'transaction' && call.args[0])
        .filter((call) => !isRecordedOrReads(source, call.args[0] ?? call))
        .map(
          (call) =>
            `${source.path}:${lineOf(source, call)}: a transaction that changes state must call record(tx, …)`,
        ),
    )
}

function isRecordedOrReads(source: Source, callback: Span): boolean {
  const spans = withLocalFunctions(source, callback)
  const calls = spans.flatMap((span) => callsWithin(source, span))
  if (calls.some(({ callee }) => recorders.includes(callee))) return true
  const own = new Set(source.functions.map(({ name }) => name))
  return !calls.some((call) => {
    if (/^(insert|update|delete|execute)$/.test(call.name) && call.callee.includes('.')) return true
    // A transaction handed to another module may be written with there.
    const handsOver = call.args.some(({ start, end }) => source.text.slice(start, end) === 'tx')
    return handsOver && !own.has(call.callee)
  })
}

/** The callback and the functions of the same file that it calls, however deep. */
function withLocalFunctions(source: Source, span: Span, seen = new Set<string>()): Span[] {
  const called = callsWithin(source, span).flatMap(({ callee }) => {
    const local = source.functions.find(({ name }) => name === callee)
    if (!local || seen.has(callee)) return []
    seen.add(callee)
    return withLocalFunctions(source, local, seen)
  })
  return [span, ...called]
}

/** Server actions are public endpoints: all of them come from the one wrapper that guards them. */
export function actionsAreDefined(project: Project): Complaint[] {
  return [...project.values()].flatMap((source) => {
    const isActions = /^lib\/[\w-]+\/actions\.ts$/.test(source.path)
    const isServer = source.directives.includes('use server')
    if (source.hasInnerUseServer)
      return [`${source.path}: 'use server' stands at the top of actions.ts files only`]
    if (!isActions)
      return isServer ? [`${source.path}: 'use server' belongs in lib/<feature>/actions.ts`] : []
    if (!isServer) return [`${source.path}: must begin with 'use server'`]
    return source.exports
      .filter(({ initializer, isType }) => !isType && !initializer?.startsWith('defineAction('))
      .map(({ name }) => `${source.path}: ${name} must be made by defineAction`)
  })
}

const openRoutes = /^app\/api\/(auth|foreign-origin|health|texts|time|v1\/openapi\.json)\//
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/**
 * Route handlers come from the wrapper that guards them: the public API's from the one that takes keys, the console's
 * own from the one that takes sessions, those for the providers' servers from the one that checks signatures. Sign-in, the
 * refusal of other sites, health, the texts, time and the API's description are open on purpose.
 */
export function routesAreDefined(project: Project): Complaint[] {
  return [...project.values()].flatMap((source) => {
    if (!/^app\/.*route\.tsx?$/.test(source.path) || openRoutes.test(source.path)) return []
    const wrapper = wrapperOf(source.path)
    return source.exports
      .filter(({ name, initializer }) => methods.includes(name) && !initializer?.startsWith(`${wrapper}(`))
      .map(({ name }) => `${source.path}: ${name} must be made by ${wrapper}`)
  })
}

function wrapperOf(file: string): string {
  if (file.startsWith('app/api/v1/')) return 'defineApi'
  return file.startsWith('app/api/callbacks/') ? 'defineCallback' : 'defineRoute'
}

/** Every page behind the sign-in takes the actor itself: a layout above does not guard it. */
export function pagesRequireActor(project: Project): Complaint[] {
  return [...project.values()].flatMap((source) =>
    /^app\/\(console\)\/(.*\/)?page\.tsx$/.test(source.path) &&
    !source.calls.some(({ callee }) => callee === 'requireActor')
      ? [`${source.path}: must call requireActor()`]
      : [],
  )
}

/** Put in by the bundler, so that dead branches go: no configuration. */
const bundlerConstants = ['NODE_ENV', 'NEXT_RUNTIME']

/** Configuration is read in one place. */
export function environmentIsReadOnce(project: Project): Complaint[] {
  return [...project.values()].flatMap((source) =>
    isShipped(source.path) && source.path !== 'lib/env.ts'
      ? source.environmentReads
          .filter((name) => !bundlerConstants.includes(name))
          .map((name) => `${source.path}: process.env (${name}) is read in lib/env.ts only`)
      : [],
  )
}

/** A file is read in one sitting. */
export function filesAreShort(project: Project): Complaint[] {
  return [...project.values()].flatMap((source) => {
    const lines = source.text.trimEnd().split('\n').length
    return lines > maxLines && !(source.path in longFiles)
      ? [`${source.path}: ${lines} lines, at most ${maxLines}`]
      : []
  })
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/'))
}

function lineOf(source: Source, { start }: Span): number {
  return source.text.slice(0, start).split('\n').length
}
