import Form from 'next/form'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { Field, IdInput, Select } from '@/components/ui/field'
import { maxFilterIdLength } from '@/lib/reports/queue-rules'
import { CategoryOptions } from './categories'
import { type QueueFields, queueHref } from './queue-href'

type QueueFiltersProps = { fields: QueueFields; connections: readonly { key: string; name: string }[] }

/** What a tab is narrowed to. A plain form: its fields become the URL. */
export function QueueFilters({ fields, connections }: QueueFiltersProps) {
  const t = useTranslations('reports.queue.filters')
  const { tab, ...filters } = fields
  const isSet = Object.values(filters).some((value) => value !== '')
  return (
    <details open={isSet} className="rounded-panel border border-line bg-surface">
      <summary className="min-h-6 px-3 py-1.5 text-muted">{t('label')}</summary>
      <Form
        // What the URL says is what the fields show, also after going back.
        key={JSON.stringify(fields)}
        action="/reports"
        role="search"
        aria-label={t('label')}
        className="grid grid-cols-2 items-end gap-x-3 gap-y-2 px-3 pb-3 lg:grid-cols-5"
      >
        {tab !== 'new' && <input type="hidden" name="tab" value={tab} />}
        <Field label={t('connection')}>
          <Select name="connection" defaultValue={fields.connection}>
            <option value="">{t('any')}</option>
            {connections.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('category')}>
          <Select name="category" defaultValue={fields.category}>
            <option value="">{t('any')}</option>
            <CategoryOptions isAll />
          </Select>
        </Field>
        {(['accused', 'reporter'] as const).map((name) => (
          <Field key={name} label={t(name)}>
            <IdInput name={name} defaultValue={fields[name]} maxLength={maxFilterIdLength} />
          </Field>
        ))}
        <div className="flex flex-wrap gap-2 max-lg:col-span-2">
          <Button type="submit">{t('apply')}</Button>
          {isSet && (
            <Link
              href={queueHref({ tab, connection: '', category: '', accused: '', reporter: '' })}
              className={buttonClass('ghost')}
            >
              {t('clear')}
            </Link>
          )}
        </div>
      </Form>
    </details>
  )
}
