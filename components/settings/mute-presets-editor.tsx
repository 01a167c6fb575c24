'use client'

import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { Button } from '@/components/ui/button'
import { setMutePresetsAction } from '@/lib/settings/actions'
import { maxPresets } from '@/lib/settings/rules'
import type { MutePresetsDto } from '@/lib/settings/schemas'
import { PresetLineFields } from './preset-line-fields'
import {
  canAdd,
  type LineError,
  linesOf,
  moveLine,
  nextId,
  presetText,
  readPreset,
  readPresets,
} from './preset-lines'
import { SettingForm } from './setting-form'
import { usePresetLabel } from './use-preset-label'
import { useSettingForm } from './use-setting-form'

/** The composer's lengths as a list that can be edited, and saved for everybody. `serverNow`: when `saved` was read. */
export function MutePresetsEditor({ saved, serverNow }: { saved: MutePresetsDto; serverNow: number }) {
  const t = useTranslations('settings.presets')
  const labelOf = usePresetLabel()
  const element = useRef<HTMLFormElement>(null)
  const form = useSettingForm({
    saved: linesOf(saved.presets),
    version: saved.version,
    told: { title: t('saved'), description: t('savedWhat') },
    send(draft, version) {
      const presets = readPresets(draft)
      if ('presets' in presets) return setMutePresetsAction({ presets: presets.presets, version })
      focusSoon('[aria-invalid]')
      return undefined
    },
    // A line keeps its id, and with it the focus.
    settle: (draft) =>
      draft.map(({ id, text }) => {
        const line = readPreset(text)
        return { id, text: 'preset' in line ? presetText(line.preset) : text }
      }),
    typed: (draft) => draft.map(({ text }) => text),
  })
  const { draft: lines, setDraft: setLines } = form
  const read = readPresets(lines)
  const errors: ReadonlyMap<number, LineError> = 'errors' in read ? read.errors : new Map()

  function add() {
    const id = nextId(lines)
    setLines([...lines, { id, text: '' }])
    focusSoon(`[data-line="${id}"] input`)
  }
  function remove(id: number) {
    const index = lines.findIndex((line) => line.id === id)
    const rest = lines.filter((line) => line.id !== id)
    setLines(rest)
    const neighbour = rest[index] ?? rest.at(-1)
    focusSoon(neighbour ? `[data-line="${neighbour.id}"] input` : 'button')
  }
  function focusSoon(selector: string) {
    requestAnimationFrame(() => element.current?.querySelector<HTMLElement>(selector)?.focus())
  }

  return (
    <SettingForm
      ref={element}
      form={form}
      theirs={saved.presets.map(labelOf).join(' · ')}
      serverNow={serverNow}
    >
      <ol className="flex flex-col gap-3">
        {lines.map((line, index) => (
          <PresetLineFields
            key={line.id}
            line={line}
            position={index + 1}
            isFirst={index === 0}
            isLast={index === lines.length - 1}
            isOnly={lines.length === 1}
            error={form.isChecked ? errors.get(line.id) : undefined}
            onChange={(text) =>
              setLines(lines.map((other) => (other.id === line.id ? { ...other, text } : other)))
            }
            onMove={(step) => setLines(moveLine(lines, line.id, step))}
            onRemove={() => remove(line.id)}
          />
        ))}
      </ol>
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={add} icon={<Plus aria-hidden className="size-4" />} aria-disabled={!canAdd(lines)}>
          {t('add')}
        </Button>
        {!canAdd(lines) && <span className="text-sm text-muted">{t('full', { max: maxPresets })}</span>}
      </div>
    </SettingForm>
  )
}
