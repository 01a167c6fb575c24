'use client'

import { useTranslations } from 'next-intl'
import { parseAsString, useQueryState } from 'nuqs'
import { useId } from 'react'
import { Select } from '@/components/ui/field'
import type { AccountDto } from '@/lib/accounts/schemas'

/** Narrows the search to one connection; not there when there is only one. */
export function ConnectionFilter({ connections }: { connections: readonly AccountDto['connection'][] }) {
  const t = useTranslations('accounts.search')
  const id = useId()
  const [connection, setConnection] = useQueryState('connection', parseAsString)
  if (connections.length < 2 && connection === null) return null
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id}>{t('connection')}</label>
      <Select
        id={id}
        value={connection ?? ''}
        onChange={(event) => void setConnection(event.target.value || null)}
        className="w-auto max-w-56"
      >
        <option value="">{t('everyConnection')}</option>
        {connections.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
        {connection !== null && connections.every(({ key }) => key !== connection) && (
          <option value={connection}>{connection}</option>
        )}
      </Select>
    </div>
  )
}
