import type { Page } from '@playwright/test'

/** What a test tells the stand-in of the browser's translation from outside, by language. */
type Control = { progress(language: string, share: number): void; finish(language: string): void }

declare global {
  var browserTranslation: Control
}

/**
 * Puts a stand-in for the browser's own translation into the page before it loads: the test's browser has none that
 * works. A text's language is what stands before its first colon; `mm` it is not sure of, from `xx` it has nothing, `fr`
 * fails, `es` is loaded only within a press, and `de` is loaded when the test says so.
 */
export async function standInTranslation(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const loading = new Map<string, { monitor: EventTarget; finish(): void }>()
    globalThis.browserTranslation = {
      progress: (language, loaded) =>
        loading
          .get(language)
          ?.monitor.dispatchEvent(Object.assign(new Event('downloadprogress'), { loaded, total: 1 })),
      finish: (language) => loading.get(language)?.finish(),
    }
    const detector = {
      availability: async () => 'available',
      create: async () => ({
        detect: async (text: string) => [
          { detectedLanguage: text.split(':')[0], confidence: text.startsWith('mm') ? 0.2 : 0.9 },
          { detectedLanguage: 'und', confidence: 0.01 },
        ],
      }),
    }
    let tries = 0
    const translator = {
      availability: async ({ sourceLanguage }: { sourceLanguage: string }) =>
        sourceLanguage === 'xx' ? 'unavailable' : 'downloadable',
      create: ({
        sourceLanguage,
        targetLanguage,
        monitor,
      }: {
        sourceLanguage: string
        targetLanguage: string
        monitor(target: EventTarget): void
      }) =>
        new Promise((resolve, reject) => {
          const target = new EventTarget()
          monitor(target)
          const translate = async (text: string) => {
            if (sourceLanguage === 'fr') throw new DOMException('too much', 'QuotaExceededError')
            return `${targetLanguage} <b>of</b> ${text}`
          }
          const finish = () => resolve({ translate })
          if (sourceLanguage === 'de') loading.set('de', { monitor: target, finish })
          else if (sourceLanguage === 'es' && tries++ === 0) reject(new DOMException('no', 'NotAllowedError'))
          else finish()
        }),
    }
    Object.defineProperty(globalThis, 'LanguageDetector', { value: detector })
    Object.defineProperty(globalThis, 'Translator', { value: translator })
  })
}
