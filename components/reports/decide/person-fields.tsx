'use client'

import { useTranslations } from 'next-intl'
import { useEndWords } from '@/components/mutes/words'
import { Checkbox, RadioChips } from '@/components/ui/choice'
import { Field, Input } from '@/components/ui/field'
import type { DecisionBasisDto } from '@/lib/reports/decision-dtos'
import { presetKey } from '@/lib/settings/rules'
import { mainActions } from './decide-model'
import type { Decide } from './use-decide'

/** The second question: what is done about the accused, where and for how long. */
export function PersonFields({ basis, decide }: { basis: DecisionBasisDto; decide: Decide }) {
  const t = useTranslations('reports')
  const lengths = useTranslations('mutes')
  const fieldErrors = useTranslations('fieldErrors')
  const words = useEndWords()
  const { form, change, faults } = decide
  const { action, place, isMuted, presets, length } = decide.resolved
  const offered = mainActions.filter(
    (name) => (name !== 'mute' || place !== undefined) && (name !== 'lift' || isMuted || action === 'lift'),
  )
  const hasPlace = action === 'mute' || action === 'lift'
  return (
    <>
      <RadioChips
        legend={t('decide.aboutPerson')}
        value={action}
        onChange={(next) => change({ action: next })}
        choices={offered.map((value) => ({
          value,
          label: t(`decide.${value === 'mute' && isMuted ? 'extend' : value}`),
        }))}
      />
      {basis.kick !== null && (
        <Checkbox
          checked={form.isKicked}
          onChange={({ target }) => change({ isKicked: target.checked })}
          label={t('decide.kick')}
        />
      )}
      {hasPlace && basis.places.length > 1 && place && (
        <RadioChips
          legend={t('decide.where')}
          value={place.kind}
          onChange={(kind) => change({ place: kind })}
          choices={basis.places.map(({ kind }) => ({ value: kind, label: t(`decide.places.${kind}`) }))}
        />
      )}
      {action === 'mute' && (
        <>
          <RadioChips
            legend={t('decide.length')}
            value={length}
            onChange={(next) => change({ length: next })}
            choices={[
              ...presets.map((preset) => ({
                value: presetKey(preset),
                label: preset === 'forever' ? lengths('length.forever') : words.length(preset.seconds),
                isDisabled: preset === 'forever' && !basis.mayMuteForever,
              })),
              { value: 'custom', label: lengths('composer.custom') },
            ]}
          />
          {length === 'custom' && (
            <Field
              label={lengths('composer.duration')}
              hint={lengths('composer.durationHint')}
              error={faults.duration && fieldErrors(faults.duration)}
              className="max-w-60"
            >
              <Input
                value={form.durationText}
                maxLength={60}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => change({ durationText: event.target.value })}
              />
            </Field>
          )}
        </>
      )}
    </>
  )
}
