/** Whether something that came from outside is a `T`, exactly: for browsers, which carry no zod. */
export type Check<T> = (value: unknown) => value is T

export const isText: Check<string> = (value) => typeof value === 'string'
export const isFlag: Check<boolean> = (value) => typeof value === 'boolean'
export const isTrue: Check<true> = (value) => value === true
/** A whole number from 0 on. */
export const isCount: Check<number> = (value): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0

/** One of these very values. */
export function isOneOf<const T extends string | number>(values: readonly T[]): Check<T> {
  return (value): value is T => values.some((one) => one === value)
}

export function isNullOr<T>(check: Check<T>): Check<T | null> {
  return (value): value is T | null => value === null || check(value)
}

export function isListOf<T>(check: Check<T>): Check<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.every((one) => check(one))
}

export function isEither<One, Other>(one: Check<One>, other: Check<Other>): Check<One | Other> {
  return (value): value is One | Other => one(value) || other(value)
}

/** An object with all of these and, beside some of those that may be absent, nothing else. */
export function isShape<Whole extends object, Perhaps extends object = object>(
  whole: { [Name in keyof Whole]-?: Check<Whole[Name]> },
  perhaps?: { [Name in keyof Perhaps]-?: Check<Perhaps[Name]> },
): Check<Whole & Partial<Perhaps>> {
  const checks = new Map<string, Check<unknown>>(Object.entries({ ...whole, ...perhaps }))
  const needed = Object.keys(whole)
  return (value): value is Whole & Partial<Perhaps> =>
    typeof value === 'object' &&
    value !== null &&
    needed.every((name) => Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, one]) => checks.get(name)?.(one))
}

/** What a text holds as JSON, if it is of that shape; null: it is not, or no JSON at all. */
export function parsed<T>(text: string | null, check: Check<T>): T | null {
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    return check(value) ? value : null
  } catch {
    return null
  }
}
