'use client'

import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { IconButton } from '@/components/ui/button'
import { Field, Input } from '@/components/ui/field'
import { type LineError, type PresetLine, readPreset } from './preset-lines'
import { usePresetLabel } from './use-preset-label'

type PresetLineFieldsProps = {
  line: PresetLine
  /** counted from 1 */
  position: number
  isFirst: boolean
  isLast: boolean
  isOnly: boolean
  error: LineError | undefined
  onChange(text: string): void
  onMove(step: -1 | 1): void
  onRemove(): void
}

/** One length: typed, moved up or down, or removed. */
export function PresetLineFields(props: PresetLineFieldsProps) {
  const { line, position, isFirst, isLast, isOnly, error, onChange, onMove, onRemove } = props
  const t = useTranslations('settings')
  const labelOf = usePresetLabel()
  const read = readPreset(line.text)
  const shown = 'preset' in read ? labelOf(read.preset) : null
  const name = shown ?? t('presets.length', { position })
  const icon = 'size-4'
  return (
    <li data-line={line.id} className="flex items-start gap-1">
      <Field
        label={<span className="sr-only">{t('presets.length', { position })}</span>}
        error={error && t(`errors.${error}`)}
        hint={shown ? t('presets.shownAs', { label: shown }) : t('presets.hint')}
        className="w-full max-w-60 gap-0.5!"
      >
        <Input
          value={line.text}
          onChange={(event) => onChange(event.target.value)}
          maxLength={60}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="font-mono"
        />
      </Field>
      <div className="flex pt-0.5">
        <IconButton
          label={t('presets.up', { label: name })}
          icon={<ArrowUp aria-hidden className={icon} />}
          aria-disabled={isFirst}
          onClick={() => onMove(-1)}
        />
        <IconButton
          label={t('presets.down', { label: name })}
          icon={<ArrowDown aria-hidden className={icon} />}
          aria-disabled={isLast}
          onClick={() => onMove(1)}
        />
        <IconButton
          label={t('presets.remove', { label: name })}
          icon={<Trash2 aria-hidden className={icon} />}
          aria-disabled={isOnly}
          onClick={onRemove}
        />
      </div>
    </li>
  )
}
