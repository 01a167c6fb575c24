/**
 * What some browsers bring for translating on the machine itself: the "Translator and Language Detector APIs". As far as
 * it is used here; TypeScript's own libraries do not know it yet.
 */
export type TranslatorApi = {
  availability(pair: LanguagePair): Promise<unknown>
  create(options: LanguagePair & Making): Promise<{ translate(text: string): Promise<unknown> }>
}

export type DetectorApi = {
  availability(): Promise<unknown>
  create(options: Making): Promise<{ detect(text: string): Promise<unknown> }>
}

export type BrowserApi = { translator: TranslatorApi; detector: DetectorApi }

type LanguagePair = { sourceLanguage: string; targetLanguage: string }

/** `signal` also ends what was made. */
type Making = { signal: AbortSignal; monitor(monitor: EventTarget): void }

/** The browser's own translation; null: it has none, or cannot recognise languages on this machine. */
export async function findBrowserApi(): Promise<BrowserApi | null> {
  if (!('Translator' in globalThis && 'LanguageDetector' in globalThis)) return null
  // Under these names a browser has only these.
  const { Translator: translator, LanguageDetector: detector } = globalThis as unknown as {
    Translator: TranslatorApi
    LanguageDetector: DetectorApi
  }
  try {
    return canBeHad(await detector.availability()) ? { translator, detector } : null
  } catch {
    // Forbidden by whoever runs the machine.
    return null
  }
}

/** Whether what was asked for is there or can be loaded. */
export function canBeHad(availability: unknown): boolean {
  return availability === 'available' || availability === 'downloadable' || availability === 'downloading'
}
