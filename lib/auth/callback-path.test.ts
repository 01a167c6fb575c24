import { describe, expect, it } from 'vitest'
import { homePath, safeCallbackPath, signInPathFor } from './callback-path'

const bypasses: unknown[] = [
  'https://evil.example',
  'HTTPS://evil.example/accounts',
  '//evil.example',
  '///evil.example',
  '////evil.example/accounts',
  '/\\evil.example',
  '\\\\evil.example',
  '/\\/evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r\n/evil.example',
  '\t//evil.example',
  ' //evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/a/..//evil.example',
  '/%2e//evil.example',
  '/./\\evil.example',
  'javascript:alert(1)',
  'data:text/html,hello',
  'evil.example',
  '@evil.example',
  ':80/evil',
  '/\u0000/evil.example',
  'http:evil.example',
  'http:/\\evil.example',
  `/${'a'.repeat(3000)}`,
  '',
  undefined,
  ['/audit'],
  { toString: () => '/audit' },
]

describe('the page to return to', () => {
  it.each(bypasses)('is the home page for %j', (asked) => {
    expect(safeCallbackPath(asked)).toBe(homePath)
  })

  it.each([
    '/audit',
    '/accounts/sg/alice?tab=history#row-3',
    '/accounts?q=%E5%BC%A0%E4%BC%9F',
    '/accounts?next=//evil.example',
    '/sign-inspection',
    '/apiary',
  ])('is %s itself', (asked) => {
    expect(safeCallbackPath(asked)).toBe(asked)
  })

  it.each([
    '/sign-in',
    '/sign-in?callbackUrl=/audit',
    '/api/auth/signout',
    '/api',
    '/_next/static/x.js',
    '/audit/../api/x',
  ])('is never %s', (asked) => {
    expect(safeCallbackPath(asked)).toBe(homePath)
  })

  it('stays on this origin for whatever stands between the pieces of a URL', () => {
    const pieces = [
      '/',
      '\\',
      '//',
      '.',
      '..',
      '@',
      ':',
      '?',
      '#',
      '%2f',
      '%5c',
      '\t',
      '\n',
      'evil.example',
      'https:',
      ' ',
    ]
    const texts = pieces.flatMap((a) =>
      pieces.flatMap((b) => pieces.flatMap((c) => pieces.map((d) => `${a}${b}${c}${d}`))),
    )
    const origin = 'https://console.example'
    expect(texts.filter((text) => new URL(safeCallbackPath(text), origin).origin !== origin)).toEqual([])
  })

  it('travels in the address of the sign-in page', () => {
    expect(signInPathFor('/audit?type=sign_out')).toBe('/sign-in?callbackUrl=%2Faudit%3Ftype%3Dsign_out')
    expect(signInPathFor(homePath)).toBe('/sign-in')
    expect(signInPathFor('//evil.example')).toBe('/sign-in')
  })
})
