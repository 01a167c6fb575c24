import { MessagesSquare, MicOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { FailureText, failureCode } from '@/components/mutes/failure-text'
import { useWithRoles } from '@/components/mutes/role-words'
import { Badge } from '@/components/ui/badge'
import { useServerClock } from '@/components/ui/clock'
import { CopyButton } from '@/components/ui/copy-button'
import { ErrorPanel } from '@/components/ui/error-panel'
import { SafeText } from '@/components/ui/safe-text'
import type { GroupViewDto } from '@/lib/groups/schemas'
import { inForce } from '@/lib/mutes/ends'
import { providerErrorKinds } from '@/lib/provider/errors'

/** Which group it is: name, id, type, how many are in it and whose it is. */
export function GroupHeader({ view }: { view: GroupViewDto }) {
  const t = useTranslations('groups')
  const { group, ownerId, failure } = view
  const { connection, groupId, name, type, memberCount, dissolvedAt } = group
  const kind = providerErrorKinds.find((known) => known === failure?.kind)
  const told = kind && {
    kind,
    ...(failure?.providerCode === undefined ? {} : { providerCode: failure.providerCode }),
  }
  return (
    <header data-group-id={groupId} data-connection={connection.key} className="flex flex-col gap-3">
      <div className="flex items-start gap-3">
        <MessagesSquare aria-hidden className="mt-1 size-6 shrink-0 text-muted" />
        <div className="min-w-0 flex-1">
          <h1 className="text-xl">
            <SafeText text={name ?? ''} />
          </h1>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <bdi dir="ltr" className="font-mono text-sm break-all whitespace-pre-wrap text-muted">
              {groupId}
            </bdi>
            <CopyButton text={groupId} what={t('id')} />
            {type && <Badge>{t(`types.${type}`)}</Badge>}
            {dissolvedAt !== null && <Badge tone="warning">{t('dissolved')}</Badge>}
            {memberCount !== null && (
              <span className="text-sm text-muted tabular-nums">{t('members', { count: memberCount })}</span>
            )}
            {ownerId !== null && (
              <span className="text-sm text-muted">
                {t('owner')}{' '}
                <bdi dir="ltr" className="font-mono">
                  {ownerId}
                </bdi>
              </span>
            )}
            <GroupWideBadge view={view} />
            <span className="text-sm text-muted">{connection.name}</span>
          </p>
        </div>
      </div>
      {told && (
        <ErrorPanel
          role="none"
          effect={null}
          title={t('unreachable', { connection: connection.name })}
          code={failureCode({ provider: connection.provider, failure: told })}
        >
          <FailureText provider={connection.provider} failure={told} />
        </ErrorPanel>
      )}
    </header>
  )
}

/** That not everybody may write in the group, whatever member or topic is looked at. */
function GroupWideBadge({ view: { everyone, roles, serverNow } }: { view: GroupViewDto }) {
  const t = useTranslations('groups')
  const withRoles = useWithRoles()
  const what = useServerClock(serverNow, (now) => {
    if (inForce(everyone, now) !== null) return t('mutedAll')
    return roles && inForce(roles.until, now) !== null ? withRoles(t('mutedRoles'), roles.roles) : ''
  })
  return what === '' ? null : (
    <Badge tone="danger" icon={<MicOff aria-hidden />} data-group-wide>
      {what}
    </Badge>
  )
}
