'use client'

import { useTranslations } from 'next-intl'
import { accountChoices } from '@/components/mutes/composer-model'
import { RadioChips } from '@/components/ui/choice'
import { Field, Select } from '@/components/ui/field'
import { CollectGroup } from './collect-group'
import type { Collect, CollectConnection } from './use-collect'

type CollectPlaceProps = { collect: Collect; connections: readonly CollectConnection[] }

/** In which app, and whether everywhere in it or in one group or topic. */
export function CollectPlaceFields({ collect, connections }: CollectPlaceProps) {
  const t = useTranslations('bulkCollect.place')
  const mutes = useTranslations('mutes.scopes')
  const fieldErrors = useTranslations('fieldErrors')
  const { draft, change, limits, fields } = collect
  const { place, form } = draft
  const canEverywhere = limits.scopes.length > 0

  function setConnection(connection: string) {
    const next = connections.find(({ key }) => key === connection)
    const isEverywhere = place.in === 'everywhere' && next?.scopes.length !== 0
    // A group is one of its connection.
    change({ connection, place: { in: isEverywhere ? 'everywhere' : 'group', groupId: '', topicId: '' } })
  }

  return (
    <>
      <Field label={t('connection')}>
        <Select value={draft.connection} onChange={(event) => setConnection(event.target.value)}>
          {connections.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <RadioChips
        legend={t('where')}
        value={place.in}
        onChange={(where) => change({ place: { ...place, in: where } })}
        hint={canEverywhere ? undefined : t('noAccountMutes')}
        choices={[
          { value: 'everywhere', label: t('everywhere'), isDisabled: !canEverywhere },
          { value: 'group', label: t('inGroup') },
        ]}
      />
      {place.in === 'everywhere' && limits.scopes.length > 1 && (
        <RadioChips
          legend={t('scope')}
          value={form.scope}
          onChange={(scope) => change({ form: { ...form, scope } })}
          error={fields.scopes && fieldErrors(fields.scopes)}
          choices={accountChoices.map((value) => ({ value, label: mutes(value) }))}
        />
      )}
      {place.in === 'group' && <CollectGroup collect={collect} />}
    </>
  )
}
