import Form from 'next/form'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { Field, Input, Select } from '@/components/ui/field'
import { drifts, muteScopes, reasonCategories } from '@/lib/mutes/rules'
import type { LedgerFields } from './ledger-query'

const causes = ['single', 'bulk', 'case'] as const
const windows = ['1h', '24h', '7d', 'never'] as const

type LedgerFiltersProps = {
  fields: LedgerFields
  authors: readonly { id: string; name: string }[]
  connections: readonly { key: string; name: string }[]
}

/** What the list is narrowed to. A plain form: its fields become the URL. */
export function LedgerFilters({ fields, authors, connections }: LedgerFiltersProps) {
  const t = useTranslations('ledger.filters')
  const ledger = useTranslations('ledger')
  const mutes = useTranslations('mutes')
  const isSet = Object.values(fields).some((value) => value !== '')
  return (
    <Form
      // What the URL says is what the fields show, also after going back.
      key={JSON.stringify(fields)}
      action="/mutes"
      role="search"
      aria-label={t('label')}
      className="grid grid-cols-2 gap-x-3 gap-y-2 rounded-panel border border-line bg-surface p-3 lg:grid-cols-4"
    >
      <Choice name="connection" label={t('connection')} value={fields.connection} any={t('any')}>
        {connections.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice name="scope" label={t('scope')} value={fields.scope} any={t('any')}>
        {muteScopes.map((scope) => (
          <option key={scope} value={scope}>
            {mutes(`scopes.${scope}`)}
          </option>
        ))}
      </Choice>
      <Choice name="ends" label={t('ends')} value={fields.ends} any={t('any')}>
        {windows.map((window) => (
          <option key={window} value={window}>
            {t(`windows.${window}`)}
          </option>
        ))}
      </Choice>
      <Choice name="actorId" label={t('author')} value={fields.actorId} any={t('anybody')}>
        {authors.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice name="category" label={t('category')} value={fields.category} any={t('any')}>
        {reasonCategories.map((category) => (
          <option key={category} value={category}>
            {mutes(`categories.${category}`)}
          </option>
        ))}
      </Choice>
      <Choice name="cause" label={t('cause')} value={fields.cause} any={t('any')}>
        {causes.map((cause) => (
          <option key={cause} value={cause}>
            {t(`causes.${cause}`)}
          </option>
        ))}
      </Choice>
      <Choice name="drift" label={t('drift')} value={fields.drift} any={t('any')}>
        <option value="only">{t('driftOnly')}</option>
        {drifts.map((drift) => (
          <option key={drift} value={drift}>
            {ledger(`drift.${drift}`)}
          </option>
        ))}
      </Choice>
      <Field label={t('groupId')} className="max-sm:col-span-2">
        <Input
          name="groupId"
          defaultValue={fields.groupId}
          maxLength={96}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="font-mono"
        />
      </Field>
      <div className="col-span-full flex flex-wrap gap-2">
        <Button type="submit" variant="primary">
          {t('apply')}
        </Button>
        {isSet && (
          <Link href="/mutes" className={buttonClass('ghost')}>
            {t('clear')}
          </Link>
        )}
      </div>
    </Form>
  )
}

type ChoiceProps = {
  name: keyof LedgerFields
  label: string
  value: string
  /** the words for "not narrowed" */
  any: string
  children: ReactNode
}

function Choice({ name, label, value, any, children }: ChoiceProps) {
  return (
    <Field label={label}>
      <Select name={name} defaultValue={value}>
        <option value="">{any}</option>
        {children}
      </Select>
    </Field>
  )
}
