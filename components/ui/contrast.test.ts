import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8')
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[\da-f]{6}), (#[\da-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }] as const,
  ),
)

/** WCAG 2.2, "relative luminance". */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string, theme: 'light' | 'dark'): number {
  const [one, other] = [tokens.get(a)?.[theme], tokens.get(b)?.[theme]]
  if (!one || !other) throw new Error(`no token ${a} or ${b}`)
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

const backgrounds = ['canvas', 'surface', 'raised', 'sunken']
const tones = ['accent', 'danger', 'warning', 'success', 'info']
const softs = ['neutral-soft', ...tones.map((tone) => `${tone}-soft`)]
const texts: [string, string][] = [
  ...[...backgrounds, ...softs].map((background): [string, string] => ['text', background]),
  ...[...backgrounds, 'neutral-soft'].map((background): [string, string] => ['muted', background]),
  ...tones.flatMap((tone) =>
    [...backgrounds, `${tone}-soft`].map((background): [string, string] => [`${tone}-text`, background]),
  ),
  ...['accent', 'accent-hover'].map((background): [string, string] => ['on-accent', background]),
  ...['danger', 'danger-hover'].map((background): [string, string] => ['on-danger', background]),
]
/** Borders of controls and the focus ring have to be seen, not read. */
const edges: [string, string][] = ['line-strong', 'focus'].flatMap((edge) =>
  ['canvas', 'surface', 'raised'].map((background): [string, string] => [edge, background]),
)

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  it.each(texts)('lets %s be read on %s (4.5 : 1)', (text, background) => {
    expect(contrast(text, background, theme)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(edges)('lets %s be seen on %s (3 : 1)', (edge, background) => {
    expect(contrast(edge, background, theme)).toBeGreaterThanOrEqual(3)
  })
})
