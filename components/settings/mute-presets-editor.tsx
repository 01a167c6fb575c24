'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type FormEvent, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import type { ActionError } from '@/lib/result'
import { setMutePresetsAction } from '@/lib/settings/actions'
import { maxPresets } from '@/lib/settings/rules'
import type { MutePresetsDto } from '@/lib/settings/schemas'
import { PresetLineFields } from './preset-line-fields'
import { canAdd, type LineError, linesOf, moveLine, type PresetLine, readPresets } from './preset-lines'
import { SaveBar } from './save-bar'
import { SaveProblem } from './save-problem'
import { usePresetLabel } from './use-preset-label'

/** The composer's lengths as a list that can be edited, and saved for everybody. `serverNow`: when `saved` was read. */
export function MutePresetsEditor({ saved, serverNow }: { saved: MutePresetsDto; serverNow: number }) {
  const t = useTranslations('settings')
  const router = useRouter()
  const labelOf = usePresetLabel()
  const form = useRef<HTMLFormElement>(null)
  const [lines, setLines] = useState(() => linesOf(saved.presets))
  const [nextId, setNextId] = useState(saved.presets.length)
  /** the version that the lines were begun from */
  const [basis, setBasis] = useState(saved.version)
  const [isChecked, setChecked] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const [problem, setProblem] = useState<ActionError>()

  const read = readPresets(lines)
  const errors: ReadonlyMap<number, LineError> = 'errors' in read ? read.errors : new Map()
  const isDirty = JSON.stringify(linesOf(saved.presets).map(textOf)) !== JSON.stringify(lines.map(textOf))

  function takeSaved() {
    setLines(linesOf(saved.presets, nextId))
    setNextId(nextId + saved.presets.length)
    setBasis(saved.version)
    setProblem(undefined)
    setChecked(false)
  }
  // Saved by somebody else while nothing was typed here: nobody's work is lost.
  if (saved.version !== basis && !isDirty && !problem) setBasis(saved.version)

  async function save(version: number) {
    setChecked(true)
    if (isSaving) return
    if (!('presets' in read)) return focusSoon('[aria-invalid]')
    setSaving(true)
    setProblem(undefined)
    const result = await setMutePresetsAction({ presets: read.presets, version })
    setSaving(false)
    // What is saved now, by whomever, comes with the page.
    router.refresh()
    if (!result.ok) return setProblem(result.error)
    setBasis(result.data.version)
    setChecked(false)
    toast({ tone: 'success', title: t('presets.saved'), description: t('presets.savedWhat') })
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    void save(basis)
  }
  function add() {
    setLines([...lines, { id: nextId, text: '' }])
    setNextId(nextId + 1)
    focusSoon(`[data-line="${nextId}"] input`)
  }
  function remove(id: number) {
    const index = lines.findIndex((line) => line.id === id)
    const rest = lines.filter((line) => line.id !== id)
    setLines(rest)
    const neighbour = rest[index] ?? rest.at(-1)
    focusSoon(neighbour ? `[data-line="${neighbour.id}"] input` : 'button')
  }
  function focusSoon(selector: string) {
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>(selector)?.focus())
  }

  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <ol className="flex flex-col gap-3">
        {lines.map((line, index) => (
          <PresetLineFields
            key={line.id}
            line={line}
            position={index + 1}
            isFirst={index === 0}
            isLast={index === lines.length - 1}
            isOnly={lines.length === 1}
            error={isChecked ? errors.get(line.id) : undefined}
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
          {t('presets.add')}
        </Button>
        {!canAdd(lines) && (
          <span className="text-sm text-muted">{t('presets.full', { max: maxPresets })}</span>
        )}
      </div>
      {problem && (
        <SaveProblem
          error={problem}
          theirs={saved.presets.map(labelOf).join(' · ')}
          serverNow={serverNow}
          isBusy={isSaving}
          onKeepMine={() => save(saved.version)}
          onTakeSaved={takeSaved}
        />
      )}
      <SaveBar isDirty={isDirty} isSaving={isSaving} onReset={takeSaved} />
    </form>
  )
}

const textOf = ({ text }: PresetLine) => text
