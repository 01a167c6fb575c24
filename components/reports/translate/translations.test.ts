import { expect, it } from 'vitest'
import { createTranslations, type Translations } from './translations'

/** A browser whose every answer waits to be told. */
function fakeBrowser(languages: Record<string, string> = {}) {
  type Making = {
    resolve(): void
    reject(name: string): void
    progress(loaded: number, total?: number): void
  }
  const makings: Record<string, Making[]> = {}
  const asked: string[] = []
  const ended: string[] = []
  const begin = <Made>(what: string, made: Made, { signal, monitor }: Options) =>
    new Promise<Made>((resolve, reject) => {
      const target = new EventTarget()
      monitor(target)
      signal.addEventListener('abort', () => ended.push(what))
      const making: Making = {
        resolve: () => resolve(made),
        reject: (name) => reject(new DOMException('no', name)),
        progress: (loaded, total) =>
          target.dispatchEvent(Object.assign(new Event('downloadprogress'), { loaded, total })),
      }
      makings[what] = [...(makings[what] ?? []), making]
    })
  const detect = async (text: string) => {
    asked.push(text)
    return [{ detectedLanguage: languages[text] ?? 'und', confidence: 0.9 }]
  }
  return {
    asked,
    ended,
    making: (what: string) => {
      const making = makings[what]?.at(-1)
      if (!making) throw new Error(`nobody asked for ${what}`)
      return making
    },
    count: (what: string) => makings[what]?.length ?? 0,
    api: {
      detector: {
        availability: async () => 'available',
        create: (options: Options) => begin('recogniser', { detect }, options),
      },
      translator: {
        availability: async ({ sourceLanguage }: { sourceLanguage: string }) =>
          sourceLanguage === 'xx' ? 'unavailable' : 'downloadable',
        create: ({ sourceLanguage, ...options }: Options & { sourceLanguage: string }) =>
          begin(
            sourceLanguage,
            {
              async translate(text: string) {
                if (text === 'bricht') throw new DOMException('no', 'QuotaExceededError')
                return text === 'leer' ? ' ' : `${text} in English`
              },
            },
            options,
          ),
      },
    },
  }
}
type Options = { signal: AbortSignal; monitor(monitor: EventTarget): void }

/** Whatever is not waiting for the browser has then been done. */
const settled = () => new Promise((resolve) => setImmediate(resolve))
const stateOf = ({ loading }: Translations, of: string | null) =>
  loading().find((pack) => pack.of === of)?.state

it('each text is translated once, from its own language, and one’s own language is left alone', async () => {
  const languages = { hallo: 'de', tschüss: 'de', hi: 'en-GB', hola: 'es', xyz: 'xx' }
  const { api, asked, making, count } = fakeBrowser(languages)
  const translations = createTranslations(api, 'en')
  const { of, want } = translations
  for (const text of ['hallo', 'tschüss', 'hallo', 'hi', 'xyz', 'mmh', '👋', 'bricht', 'leer']) want(text)
  expect(of('hallo')).toEqual({ kind: 'waiting', from: null })
  making('recogniser').resolve()
  await settled()
  expect(asked).toEqual(['hallo', 'tschüss', 'hi', 'xyz', 'mmh', 'bricht', 'leer'])
  expect(of('hallo')).toEqual({ kind: 'waiting', from: 'de' })
  expect(of('hi')).toEqual({ kind: 'same' })
  expect(of('👋')).toEqual({ kind: 'same' })
  expect(of('xyz')).toEqual({ kind: 'unavailable', from: 'xx' })
  expect(of('mmh')).toEqual({ kind: 'unsure' })
  making('de').resolve()
  await settled()
  expect(of('hallo')).toEqual({ kind: 'done', from: 'de', text: 'hallo in English' })
  expect(of('tschüss')).toMatchObject({ kind: 'done' })
  expect(count('de')).toBe(1)
  // Loaded later.
  want('hola')
  await settled()
  making('es').resolve()
  await settled()
  expect(of('hola')).toMatchObject({ kind: 'done', from: 'es' })
})

it('a translation that fails or is empty is told as failed', async () => {
  const { api, making } = fakeBrowser({ bricht: 'de', leer: 'de' })
  const { of, want } = createTranslations(api, 'en')
  want('bricht')
  want('leer')
  making('recogniser').resolve()
  await settled()
  making('de').resolve()
  await settled()
  expect([of('bricht'), of('leer')]).toEqual([{ kind: 'failed' }, { kind: 'failed' }])
})

it('tells how far a language is, and asks for a press where the browser wants one or failed', async () => {
  const { api, making, count } = fakeBrowser({ hallo: 'de' })
  const translations = createTranslations(api, 'en')
  const seen: unknown[] = []
  translations.subscribe(() => seen.push(stateOf(translations, 'de')))
  translations.want('hallo')
  expect(stateOf(translations, null)).toEqual({ kind: 'loading', share: null })
  making('recogniser').resolve()
  await settled()
  expect(stateOf(translations, null)).toBeUndefined()
  making('de').progress(0.25)
  expect(stateOf(translations, 'de')).toEqual({ kind: 'loading', share: 0.25 })
  making('de').progress(50, 200)
  making('de').progress(7)
  expect(stateOf(translations, 'de')).toEqual({ kind: 'loading', share: 1 })
  making('de').progress(Number.NaN)
  expect(stateOf(translations, 'de')).toEqual({ kind: 'loading', share: null })
  for (const [name, hasFailed] of [
    ['NotAllowedError', false],
    ['NetworkError', true],
  ] as const) {
    making('de').reject(name)
    await settled()
    expect(stateOf(translations, 'de')).toEqual({ kind: 'stopped', hasFailed })
    translations.load('de')
    translations.load('de')
    expect(stateOf(translations, 'de')).toEqual({ kind: 'loading', share: null })
  }
  expect(count('de')).toBe(3)
  making('de').resolve()
  await settled()
  expect(translations.of('hallo')).toMatchObject({ kind: 'done' })
  expect(translations.loading()).toEqual([])
  expect(seen.length).toBeGreaterThan(5)
})

it('what turns out not to be there is told, and everything is given back at the end', async () => {
  const { api, making, ended } = fakeBrowser({ hallo: 'de' })
  const translations = createTranslations(api, 'en')
  translations.want('hallo')
  making('recogniser').resolve()
  await settled()
  making('de').reject('NotSupportedError')
  await settled()
  expect(translations.of('hallo')).toEqual({ kind: 'unavailable', from: 'de' })
  translations.end()
  expect(ended).toEqual(['recogniser', 'de'])

  const other = fakeBrowser()
  const none = createTranslations(other.api, 'en')
  none.want('hallo')
  other.making('recogniser').reject('NotSupportedError')
  await settled()
  expect(stateOf(none, null)).toEqual({ kind: 'unavailable' })
  expect(none.of('hallo')).toEqual({ kind: 'failed' })
})
