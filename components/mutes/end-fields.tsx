'use client'

import { useTranslations } from 'next-intl'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button } from '@/components/ui/button'
import { RadioChips } from '@/components/ui/choice'
import { Field, Input } from '@/components/ui/field'
import { type MutePreset, presetKey } from '@/lib/settings/rules'
import type { ComposerForm } from './composer-form'
import { customTexts, isRenewed, nudged } from './composer-model'
import type { MuteSubject } from './subject'
import { useEndWords } from './words'

const hour = 3_600
const day = 86_400

type EndFieldsProps = {
  form: ComposerForm
  onChange(form: ComposerForm): void
  presets: readonly MutePreset[]
  canMuteForever: boolean
  /** what of it the provider does by itself; the rest is the console's */
  limits: MuteSubject['limits']
  /** epoch ms, the server's clock */
  now: number
  errors: { duration: string | undefined; at: string | undefined; end: string | undefined }
}

/** How long: presets in sight, or a length or an end of one's own; the two custom fields follow each other. */
export function EndFields({ form, onChange, presets, canMuteForever, limits, now, errors }: EndFieldsProps) {
  const t = useTranslations('mutes')
  const words = useEndWords()
  const custom = customTexts(form, words.timeZone, now)
  const nudge = (seconds: number) => onChange(nudged(form, seconds, words.timeZone, now))
  const isAllowed = (preset: MutePreset) => preset !== 'forever' || canMuteForever
  const hasForbidden = presets.some((preset) => !isAllowed(preset))
  const byConsole = limits ? partOfConsole(limits) : []
  const hints = [...(hasForbidden ? [t('composer.foreverForbidden')] : []), ...byConsole]

  function partOfConsole({ maxSeconds, hasEnds }: NonNullable<typeof limits>): string[] {
    if (form.length === 'forever') return []
    if (!hasEnds) return [t('composer.noEnds')]
    return isRenewed(form, { maxSeconds }, words.timeZone, now)
      ? [t('composer.renewed', { length: words.length(maxSeconds) })]
      : []
  }

  return (
    <div className="flex flex-col gap-2">
      <RadioChips
        legend={t('composer.length')}
        value={form.length}
        onChange={(length) => onChange({ ...form, length })}
        error={errors.end}
        hint={hints.length > 0 ? hints.join(' ') : undefined}
        choices={[
          ...presets.map((preset, index) => ({
            value: presetKey(preset),
            label: preset === 'forever' ? t('length.forever') : words.length(preset.seconds),
            shortcut: String(index + 1),
            isDisabled: !isAllowed(preset),
            ...(isAllowed(preset) ? {} : { title: t('composer.foreverForbidden') }),
          })),
          { value: 'custom', label: t('composer.custom') },
        ]}
      />
      {presets.map((preset, index) => (
        <PresetKey
          key={presetKey(preset)}
          shortcut={String(index + 1)}
          when={isAllowed(preset)}
          onPress={() => onChange({ ...form, length: presetKey(preset) })}
        />
      ))}
      {form.length === 'custom' && (
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          <Field label={t('composer.duration')} hint={t('composer.durationHint')} error={errors.duration}>
            <Input
              value={custom.duration}
              maxLength={80}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) =>
                onChange({ ...form, customBy: 'duration', durationText: event.target.value })
              }
            />
          </Field>
          <Field
            label={t('composer.at')}
            hint={t('composer.atHint', { zone: words.timeZone })}
            error={errors.at}
          >
            <Input
              type="datetime-local"
              value={custom.at}
              max="9999-12-31T23:59"
              onChange={(event) => onChange({ ...form, customBy: 'at', atText: event.target.value })}
            />
          </Field>
        </div>
      )}
      {form.length !== 'forever' && (
        <div className="flex flex-wrap gap-1.5">
          <Button variant="ghost" title={t('composer.plusHourName')} onClick={() => nudge(hour)}>
            {t('composer.plusHour')}
          </Button>
          <Button variant="ghost" title={t('composer.plusDayName')} onClick={() => nudge(day)}>
            {t('composer.plusDay')}
          </Button>
        </div>
      )}
    </div>
  )
}

type PresetKeyProps = { shortcut: string; when: boolean; onPress(): void }

/** A component for each key: how many presets there are is a setting. */
function PresetKey({ shortcut, when, onPress }: PresetKeyProps) {
  const t = useTranslations('mutes.shortcuts')
  useShortcut({ key: shortcut, label: t('preset'), when, run: onPress })
  return null
}
