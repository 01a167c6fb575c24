import { lengthParts, parseDuration } from '@/components/mutes/duration-text'
import type { FieldErrorCode } from '@/lib/errors'
import { type MutePreset, maxPresets, minPresetSeconds, presetKey } from '@/lib/settings/rules'

/** One line of the editor; `id` stays with it when it moves. */
export type PresetLine = { id: number; text: string }

export type LineError =
  | Extract<FieldErrorCode, 'required' | 'invalid' | 'not_positive' | 'beyond_maximum' | 'duplicate'>
  | 'tooShort'

const forever = 'forever'

/** A preset as it is typed. */
export function presetText(preset: MutePreset): string {
  if (preset === 'forever') return forever
  return lengthParts(preset.seconds)
    .map(({ unit, count }) => `${count}${unit}`)
    .join('')
}

/** What a line says, or what is wrong with it. */
export function readPreset(text: string): { preset: MutePreset } | { error: LineError } {
  if (text.trim().toLowerCase() === forever) return { preset: 'forever' }
  const parsed = parseDuration(text)
  if (!parsed.ok) return { error: lineErrors.find((known) => known === parsed.error) ?? 'invalid' }
  return parsed.seconds < minPresetSeconds ? { error: 'tooShort' } : { preset: { seconds: parsed.seconds } }
}

const lineErrors = ['required', 'invalid', 'not_positive', 'beyond_maximum'] as const

/** All lines as presets, or what is wrong by line id. The later one of two of the same length is the duplicate. */
export function readPresets(
  lines: readonly PresetLine[],
): { presets: MutePreset[] } | { errors: ReadonlyMap<number, LineError> } {
  const errors = new Map<number, LineError>()
  const presets: MutePreset[] = []
  const seen = new Set<string>()
  for (const { id, text } of lines) {
    const read = readPreset(text)
    if ('error' in read) errors.set(id, read.error)
    else if (seen.has(presetKey(read.preset))) errors.set(id, 'duplicate')
    else {
      seen.add(presetKey(read.preset))
      presets.push(read.preset)
    }
  }
  return errors.size > 0 ? { errors } : { presets }
}

/** Lines with ids that count from 0. */
export function linesOf(presets: readonly MutePreset[]): PresetLine[] {
  return presets.map((preset, id) => ({ id, text: presetText(preset) }))
}

/** An id that none of them has. */
export function nextId(lines: readonly PresetLine[]): number {
  return Math.max(-1, ...lines.map(({ id }) => id)) + 1
}

/** The lines with one of them a place further up (-1) or down (1); the same lines when there is no such place. */
export function moveLine(lines: readonly PresetLine[], id: number, step: -1 | 1): PresetLine[] {
  const from = lines.findIndex((line) => line.id === id)
  const to = from + step
  const line = lines[from]
  if (!line || to < 0 || to >= lines.length) return [...lines]
  return lines.toSpliced(from, 1).toSpliced(to, 0, line)
}

/** Whether there is room for one more. */
export function canAdd(lines: readonly PresetLine[]): boolean {
  return lines.length < maxPresets
}
