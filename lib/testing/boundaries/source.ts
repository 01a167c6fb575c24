import path from 'node:path'
import { type ArrowFunctionExpression, type Function as FunctionNode, parseSync, Visitor } from 'oxc-parser'

/** A place in a file: character offsets. */
export type Span = { start: number; end: number }

export type Import = {
  /** as written */
  specifier: string
  /** the file of this repository that it names, without its ending where that is not written; null for packages */
  target: string | null
  /** erased by the compiler: nothing of the module runs */
  isTypeOnly: boolean
}

/** A call: `name` is the last word before the bracket, `callee` the whole text before it. */
export type Call = Span & { name: string; callee: string; args: Span[] }

export type NamedFunction = Span & {
  name: string
  /** async, or said to give back a promise */
  isAsync: boolean
  isExported: boolean
  params: { name: string; type: string }[]
  /** the statements of its body; empty for an arrow without braces */
  statements: Span[]
}

export type Exported = { name: string; isType: boolean; initializer: string | null }

/** What the rules know of one source file. Paths are relative to the repository, with `/`. */
export type Source = {
  path: string
  text: string
  directives: string[]
  /** `'use server'` inside a function */
  hasInnerUseServer: boolean
  imports: Import[]
  calls: Call[]
  functions: NamedFunction[]
  exports: Exported[]
  environmentReads: string[]
}

/** Reads one file. Throws when it cannot be parsed: a rule must never pass because a file was not understood. */
export function readSource(file: string, text: string): Source {
  const { program, module, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  const source: Source = {
    path: file,
    text,
    directives: [],
    hasInnerUseServer: false,
    imports: [],
    calls: [],
    functions: [],
    exports: [],
    environmentReads: [],
  }
  const addImport = (specifier: string, isTypeOnly: boolean) =>
    source.imports.push({ specifier, target: targetOf(file, specifier), isTypeOnly })

  for (const { moduleRequest, entries } of module.staticImports) {
    addImport(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType))
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const written = text.slice(moduleRequest.start, moduleRequest.end)
    if (/^['"`]/.test(written)) addImport(written.slice(1, -1), false)
  }
  for (const { entries } of module.staticExports) {
    for (const entry of entries) {
      if (entry.moduleRequest) addImport(entry.moduleRequest.value, entry.isType)
      source.exports.push({
        name: entry.exportName.name ?? entry.exportName.kind,
        isType: entry.isType,
        initializer: null,
      })
    }
  }

  const slice = ({ start, end }: Span) => text.slice(start, end)
  const addFunction = (name: string, node: FunctionNode | ArrowFunctionExpression) =>
    source.functions.push({
      name,
      start: node.start,
      end: node.end,
      isAsync: node.async || (node.returnType ? slice(node.returnType).includes('Promise<') : false),
      isExported: source.exports.some((exported) => exported.name === name || exported.initializer === name),
      params: node.params.map((param) => {
        const written = slice(param)
        const colon = written.indexOf(':')
        return colon < 0
          ? { name: written, type: '' }
          : { name: written.slice(0, colon).trim(), type: written.slice(colon + 1).trim() }
      }),
      statements:
        node.body?.type === 'BlockStatement' ? node.body.body.map(({ start, end }) => ({ start, end })) : [],
    })

  new Visitor({
    ExpressionStatement(node) {
      const { directive } = node
      if (typeof directive !== 'string') return
      const isAtTop = program.body.some((statement) => statement.start === node.start)
      if (isAtTop) source.directives.push(directive)
      else if (directive === 'use server') source.hasInnerUseServer = true
    },
    CallExpression(node) {
      const callee = slice(node.callee)
      source.calls.push({
        start: node.start,
        end: node.end,
        callee,
        name: /([\w$]+)(?:<[^()]*>)?$/.exec(callee)?.[1] ?? '',
        args: node.arguments.map(({ start, end }) => ({ start, end })),
      })
    },
    VariableDeclarator(node) {
      if (node.id.type !== 'Identifier') return
      const { name } = node.id
      const exported = source.exports.find((candidate) => candidate.name === name)
      if (exported && node.init) exported.initializer = slice(node.init)
      const { init } = node
      if (init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression')
        addFunction(name, init)
    },
    FunctionDeclaration(node) {
      if (node.id) addFunction(node.id.name, node)
    },
    MemberExpression(node) {
      if (
        slice(node.object)
          .replace(/\s/g, '')
          .replace(/^globalThis\./, '') !== 'process'
      )
        return
      if (node.computed || node.property.type !== 'Identifier' || node.property.name !== 'env') return
      const name = /^(?:\?\.|\.)(\w+)/.exec(text.slice(node.end))?.[1]
      source.environmentReads.push(name ?? 'everything')
    },
  }).visit(program)
  if (source.imports.some(({ specifier }) => /^(node:)?process$/.test(specifier))) {
    source.environmentReads.push('everything')
  }
  return source
}

/** The calls that stand inside a span. */
export function callsWithin(source: Source, span: Span): Call[] {
  return source.calls.filter((call) => call.start >= span.start && call.end <= span.end)
}

/** The file an import names, or null for a package. */
function targetOf(file: string, specifier: string): string | null {
  if (specifier.startsWith('@/')) return path.posix.normalize(specifier.slice(2))
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(file), specifier)
  return null
}
