import Form from 'next/form'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { Field, IdInput, Input, Select } from '@/components/ui/field'
import { auditOutcomes } from '@/lib/audit/events'
import { auditTypes } from '@/lib/audit/outcomes'
import type { AuditFields } from './audit-query'

type AuditFiltersProps = {
  fields: AuditFields
  actors: readonly { id: string; name: string }[]
  connections: readonly { key: string; name: string }[]
  /** the zone in which the two times are written */
  timeZone: string
}

/** What the list is narrowed to. A plain form: its fields become the URL. */
export function AuditFilters({ fields, actors, connections, timeZone }: AuditFiltersProps) {
  const t = useTranslations('audit')
  const isSet = Object.values(fields).some((value) => value !== '')
  return (
    <Form
      // What the URL says is what the fields show, also after going back.
      key={JSON.stringify(fields)}
      action="/audit"
      role="search"
      aria-label={t('filters.label')}
      className="grid grid-cols-2 gap-x-3 gap-y-2 rounded-panel border border-line bg-surface p-3 lg:grid-cols-4"
    >
      <Field label={t('filters.type')}>
        <Select name="type" defaultValue={fields.type}>
          <option value="">{t('filters.any')}</option>
          {auditTypes.map((type) => (
            <option key={type} value={type}>
              {t(`types.${type}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('filters.outcome')}>
        <Select name="outcome" defaultValue={fields.outcome}>
          <option value="">{t('filters.any')}</option>
          {auditOutcomes.map((outcome) => (
            <option key={outcome} value={outcome}>
              {t(`outcomes.${outcome}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('filters.who')}>
        <Select name="actorId" defaultValue={fields.actorId}>
          <option value="">{t('filters.anybody')}</option>
          {actors.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('filters.connection')}>
        <Select name="connection" defaultValue={fields.connection}>
          <option value="">{t('filters.any')}</option>
          {connections.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('filters.userId')} className="max-sm:col-span-2">
        <IdInput name="userId" defaultValue={fields.userId} maxLength={32} />
      </Field>
      <Field label={t('filters.from')} hint={timeZone} className="max-sm:col-span-2">
        <Input name="from" type="datetime-local" defaultValue={fields.from} />
      </Field>
      <Field label={t('filters.to')} hint={timeZone} className="max-sm:col-span-2">
        <Input name="to" type="datetime-local" defaultValue={fields.to} />
      </Field>
      <div className="flex flex-wrap items-end gap-2 max-sm:col-span-2 sm:items-start sm:pt-6">
        <Button type="submit" variant="primary">
          {t('filters.apply')}
        </Button>
        {isSet && (
          <Link href="/audit" className={buttonClass('ghost')}>
            {t('filters.clear')}
          </Link>
        )}
      </div>
    </Form>
  )
}
