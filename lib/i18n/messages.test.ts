import { readdirSync } from 'node:fs'
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import { describe, expect, it } from 'vitest'
import { appErrorCodes, fieldErrorCodes } from '@/lib/errors'
import { locales } from './locales'
import { messagesOf } from './messages'

/** Words that are the same in every language: names, symbols, and what only repeats its arguments. */
const sameEverywhere = new Set(['common.brand'])

type Tree = { [key: string]: string | Tree }

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const entries = Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : [...flatten(value, `${prefix}${key}.`)],
  )
  return new Map(entries)
}

/** What an argument has to be; a number may be put in as it is in languages without plurals. */
const kinds = new Map([
  [TYPE.date, 'instant'],
  [TYPE.time, 'instant'],
  [TYPE.select, 'choice'],
  [TYPE.tag, 'tag'],
])

/** The names that a message takes, with their kinds; the branches of plurals and selects included. */
function argumentsOf(elements: MessageFormatElement[]): Set<string> {
  const found = new Set<string>()
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue
    found.add(`${element.value}:${kinds.get(element.type) ?? 'value'}`)
    if (element.type === TYPE.tag) for (const name of argumentsOf(element.children)) found.add(name)
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      for (const { value } of Object.values(element.options)) {
        for (const name of argumentsOf(value)) found.add(name)
      }
    }
  }
  return found
}

it('there are words for every error code and every field error', () => {
  const { errors, fieldErrors } = messagesOf('en')
  expect(Object.keys(errors).sort()).toEqual([...appErrorCodes].sort())
  expect(Object.keys(fieldErrors).sort()).toEqual([...fieldErrorCodes].sort())
})

const english = flatten(messagesOf('en'))

describe.each(locales)('the messages in %s', (locale) => {
  const messages = flatten(messagesOf(locale))

  it('have exactly the English keys', () => {
    expect([...messages.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it('are never empty', () => {
    expect([...messages].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('take the same arguments as the English ones', () => {
    for (const [key, text] of messages) {
      expect({ key, takes: argumentsOf(parse(text)) }).toEqual({
        key,
        takes: argumentsOf(parse(english.get(key) ?? '')),
      })
    }
  })

  it('are made of files that are all registered', () => {
    const files = readdirSync(new URL(`./messages/${locale}/`, import.meta.url))
    expect(files.map((file) => file.replace(/\.json$/, '')).sort()).toEqual(
      Object.keys(messagesOf(locale)).sort(),
    )
  })
})

describe.each(locales.filter((locale) => locale !== 'en'))('the translation to %s', (locale) => {
  it('leaves no English text as it is', () => {
    const same = [...flatten(messagesOf(locale))].filter(
      ([key, text]) => text === english.get(key) && !sameEverywhere.has(key),
    )
    expect(same).toEqual([])
  })
})
