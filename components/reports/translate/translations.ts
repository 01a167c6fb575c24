import { type BrowserApi, canBeHad } from './browser-api'
import { hasWords, isSameLanguage, surest } from './languages'
import { createPack, type Pack, type PackState } from './pack'

/** What has become of one text; `from`: the language it is in. */
export type Translation =
  /** under way, or for what has to be loaded first; null: its language is not known yet */
  | { kind: 'waiting'; from: string | null }
  /** nothing to translate, or in the reader's language already */
  | { kind: 'same' }
  | { kind: 'done'; from: string; text: string }
  | { kind: 'unsure' }
  | { kind: 'unavailable'; from: string }
  | { kind: 'failed' }

/** A language that is being loaded or waits for it; `of`: its tag, null: what recognises languages. */
export type LoadingPack = { of: string | null; state: Exclude<PackState, { kind: 'ready' }> }

const waiting: Translation = { kind: 'waiting', from: null }

/**
 * Translates texts into one language with what the browser has on this machine; nothing is sent anywhere by this. Each
 * text once, whoever asks for it. To be made within a press, as only then a browser loads what it lacks.
 */
export function createTranslations({ translator, detector }: BrowserApi, target: string) {
  const ending = new AbortController()
  const { signal } = ending
  const texts = new Map<string, Translation>()
  const packs = new Map<string, Pack<Translator>>()
  const listeners = new Set<() => void>()
  let loading: readonly LoadingPack[] = []

  function changed() {
    loading = [
      ...underWay(null, recogniser.state()),
      ...[...packs].flatMap(([of, pack]) => underWay(of, pack.state())),
    ]
    for (const listener of listeners) listener()
  }
  function become(text: string, next: Translation) {
    texts.set(text, next)
    changed()
  }

  const recogniser: Pack<Detector> = createPack((monitor) => detector.create({ signal, monitor }), changed)
  recogniser.load()

  async function translate(text: string): Promise<Translation> {
    const found = await (await recogniser.made)?.detect(text)
    if (!found) return { kind: 'failed' }
    const from = surest(found)
    if (from === null) return { kind: 'unsure' }
    if (isSameLanguage(from, target)) return { kind: 'same' }
    become(text, { kind: 'waiting', from })
    const made = await (await packOf(from))?.made
    if (!made) return { kind: 'unavailable', from }
    const translated = await made.translate(text)
    return typeof translated === 'string' && translated.trim() !== ''
      ? { kind: 'done', from, text: translated }
      : { kind: 'failed' }
  }

  /** Null: this browser has no such pair. */
  async function packOf(from: string): Promise<Pack<Translator> | null> {
    const pair = { sourceLanguage: from, targetLanguage: target }
    if (!canBeHad(await translator.availability(pair))) return null
    const known = packs.get(from)
    if (known) return known
    const pack: Pack<Translator> = createPack(
      (monitor) => translator.create({ ...pair, signal, monitor }),
      changed,
    )
    packs.set(from, pack)
    pack.load()
    return pack
  }

  return {
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    of: (text: string): Translation => texts.get(text) ?? waiting,
    /** What is loading, waits for a press or cannot be had; the same until something changes. */
    loading: () => loading,
    /** Translates a text unless somebody wanted it before. */
    want(text: string): void {
      if (texts.has(text)) return
      become(text, hasWords(text) ? waiting : { kind: 'same' })
      if (!hasWords(text)) return
      translate(text).then(
        (next) => become(text, next),
        () => become(text, { kind: 'failed' }),
      )
    },
    /** Loads what waits for a press. */
    load(of: string | null): void {
      if (of === null) recogniser.load()
      else packs.get(of)?.load()
    },
    /** Gives everything back to the browser. */
    end: () => ending.abort(),
  }
}

export type Translations = ReturnType<typeof createTranslations>

type Detector = Awaited<ReturnType<BrowserApi['detector']['create']>>
type Translator = Awaited<ReturnType<BrowserApi['translator']['create']>>

function underWay(of: string | null, state: PackState): LoadingPack[] {
  return state.kind === 'ready' ? [] : [{ of, state }]
}
