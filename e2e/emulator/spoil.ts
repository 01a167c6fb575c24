import type { Fault } from './fault-schemas'

/** What goes back to the caller: a whole answer, one cut in the middle, or nothing but a closed connection. */
export type Answer =
  | { kind: 'whole' | 'cut'; status: number; contentType: string; body: string }
  | { kind: 'drop' }

/** The faults that change an answer on its way. */
export type SpoilingFault = Extract<
  Fault,
  { kind: 'status' | 'html' | 'wrong-types' | 'truncated' | 'empty' | 'huge' }
>

declare global {
  interface JSON {
    /** Text to put into JSON as it is; in the language and in Node since 22, not yet in the compiler's library. */
    rawJSON(text: string): object
  }
}

const JSON_TYPE = 'application/json'

/** An answer as the provider gives it: status 200, whatever the code in the body. */
export function jsonAnswer(body: Record<string, unknown>): Answer {
  return { kind: 'whole', status: 200, contentType: JSON_TYPE, body: stringify(body) }
}

/** The true answer spoilt in the way of a fault. */
export function spoil(fault: SpoilingFault, truth: Record<string, unknown>): Answer {
  switch (fault.kind) {
    case 'status':
      return { kind: 'whole', status: fault.status, contentType: 'text/plain', body: `HTTP ${fault.status}` }
    case 'html':
      return {
        kind: 'whole',
        status: fault.status,
        contentType: 'text/html; charset=utf-8',
        body: '<!doctype html><title>Gateway</title><h1>The service is being maintained</h1>',
      }
    case 'wrong-types':
      return jsonAnswer(withWrongTypes(truth, fault.field))
    case 'truncated': {
      const body = stringify(truth)
      const half = { status: 200, contentType: JSON_TYPE, body: body.slice(0, body.length / 2) }
      return { kind: fault.cutsConnection ? 'cut' : 'whole', ...half }
    }
    case 'empty':
      return { kind: 'whole', status: 200, contentType: JSON_TYPE, body: '' }
    case 'huge':
      return jsonAnswer({ ...truth, Padding: 'x'.repeat(fault.bytes) })
    default:
      return fault satisfies never
  }
}

/** JSON in which a bigint is a number with all its digits, as one provider sends its long ids. */
function stringify(body: Record<string, unknown>): string {
  return JSON.stringify(body, (_, value: unknown) =>
    typeof value === 'bigint' ? JSON.rawJSON(value.toString()) : value,
  )
}

function withWrongTypes(truth: Record<string, unknown>, field: string | undefined): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(truth).map(([name, value]) => {
      if (field === undefined || name === field) return [name, wrongTypeOf(value)]
      if (Array.isArray(value)) return [name, value.map((item: unknown) => withinItem(item, field))]
      return [name, value]
    }),
  )
}

function withinItem(item: unknown, field: string): unknown {
  if (typeof item !== 'object' || item === null) return item
  return withWrongTypes({ ...item }, field)
}

function wrongTypeOf(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value === 'string') return 0
  return Array.isArray(value) ? { 0: value[0] ?? null } : []
}
