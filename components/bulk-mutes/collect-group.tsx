'use client'

import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Field, FieldError, Select } from '@/components/ui/field'
import { SafeText, safePlain } from '@/components/ui/safe-text'
import { GroupFinder } from './group-finder'
import type { Collect } from './use-collect'

/** One group, found by id or name, and one of its topics where there are any. */
export function CollectGroup({ collect }: { collect: Collect }) {
  const t = useTranslations('bulkCollect.place')
  const groups = useTranslations('groups')
  const fieldErrors = useTranslations('fieldErrors')
  const { draft, change, group, fields } = collect
  const { groupId, topicId } = draft.place
  const setPlace = (next: { groupId: string; topicId: string }) => change({ place: { in: 'group', ...next } })
  if (groupId === '')
    return (
      <GroupFinder
        connection={draft.connection}
        error={fields.groupId && fieldErrors(fields.groupId)}
        onChoose={(found) => setPlace({ groupId: found, topicId: '' })}
      />
    )
  const view = group.data
  const problem = problemOf()
  return (
    <>
      <div className="flex flex-col gap-1">
        <p className="font-medium">{t('group')}</p>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-control border border-line bg-sunken px-3 py-2">
          <p className="min-w-0 flex-1">
            {view?.group.name && (
              <span className="block truncate font-medium">
                <SafeText text={view.group.name} />
              </span>
            )}{' '}
            <bdi dir="ltr" className="block truncate font-mono text-sm whitespace-pre text-muted">
              {groupId}
            </bdi>
          </p>
          {view?.group.type && <Badge>{groups(`types.${view.group.type}`)}</Badge>}
          <Button
            aria-invalid={problem ? true : undefined}
            onClick={() => setPlace({ groupId: '', topicId: '' })}
          >
            {t('otherGroup')}
          </Button>
        </div>
        <FieldError id="collect-group-error" error={problem} />
        {group.isError && <p className="text-sm text-warning-text">{t('notAsked')}</p>}
      </div>
      {(topicId !== '' || (view?.topics.length ?? 0) > 0) && (
        <Field label={groups('topic')}>
          <Select value={topicId} onChange={(event) => setPlace({ groupId, topicId: event.target.value })}>
            <option value="">{groups('wholeGroup')}</option>
            {topicsOf().map(({ id, name }) => (
              <option key={id} value={id}>
                {safePlain(name, 60)}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </>
  )

  function problemOf(): string | undefined {
    if (view?.exists === false)
      return groups('missing.title', { id: safePlain(groupId, 96), connection: view.group.connection.name })
    if (view?.can?.memberMute === null) return groups('notHere.memberText')
    return fields.groupId && fieldErrors(fields.groupId)
  }

  /** The topic that was asked for stays, also while its name is not known. */
  function topicsOf(): { id: string; name: string }[] {
    const known = (view?.topics ?? []).map((topic) => ({
      id: topic.topicId,
      name: topic.name || topic.topicId,
    }))
    const isKnown = topicId === '' || known.some(({ id }) => id === topicId)
    return isKnown ? known : [...known, { id: topicId, name: topicId }]
  }
}
