import { Search } from 'lucide-react'
import Form from 'next/form'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Input, Select } from '@/components/ui/field'
import { maxGroupQueryLength } from '@/lib/groups/rules'
import type { FindGroupsInput, GroupDto } from '@/lib/groups/schemas'

type GroupFiltersProps = {
  asked: FindGroupsInput
  connections: readonly GroupDto['connection'][]
}

/** What the list of groups is searched for. A plain form: its fields become the URL. */
export function GroupFilters({ asked, connections }: GroupFiltersProps) {
  const t = useTranslations('groups')
  return (
    <Form
      // What the URL says is what the fields show, also after going back.
      key={`${asked.connection} ${asked.q}`}
      action="/groups"
      role="search"
      aria-label={t('search.label')}
      className="flex flex-wrap gap-2"
    >
      <Input
        name="q"
        type="search"
        defaultValue={asked.q}
        aria-label={t('search.text')}
        placeholder={t('search.placeholder')}
        maxLength={maxGroupQueryLength}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        className="min-w-48 flex-1"
      />
      {connections.length > 1 && (
        <Select
          name="connection"
          defaultValue={asked.connection ?? ''}
          aria-label={t('search.connection')}
          className="w-auto max-w-56"
        >
          <option value="">{t('search.everyConnection')}</option>
          {connections.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </Select>
      )}
      <Button type="submit" variant="primary" icon={<Search aria-hidden className="size-4" />}>
        {t('search.submit')}
      </Button>
    </Form>
  )
}
