import { describe, expect, it } from 'vitest'
import { clientTexts } from '@/lib/i18n/client-texts'
import { keptTexts } from '@/lib/i18n/kept-texts'
import { locales } from '@/lib/i18n/locales'
import { GET } from './route'

const get = (href: string) => {
  const [locale = '', version = ''] = href.split('/').slice(-2)
  return GET(new Request(`http://localhost${href}`), { params: Promise.resolve({ locale, version }) })
}

describe.each(locales)('the texts in %s', (locale) => {
  it('are those that the server renders with, kept for good under the address that pages name', async () => {
    const { href } = clientTexts(locale)
    const answer = await get(href)
    expect(answer.headers.get('cache-control')).toMatch(/^public, .*immutable$/)
    expect(await answer.json()).toEqual(keptTexts(href))
  })

  it('are not there under the address of another build, which has other ones', async () => {
    const { href, version } = clientTexts(locale)
    const answer = await get(href.replace(version, 'earlier'))
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store'])
  })
})

it('are not there in a language that is none of ours', async () => {
  expect((await get('/api/texts/fr/any')).status).toBe(404)
})

it('have an address for each language, which nothing else has', () => {
  expect(new Set(locales.map((locale) => clientTexts(locale).href)).size).toBe(locales.length)
  expect(() => keptTexts('/api/texts/en/any')).toThrow('no texts')
})
