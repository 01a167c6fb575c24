'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { lazy, Suspense, useEffect, useEffectEvent, useRef } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { MuteMatrix } from '@/components/mutes/mute-matrix'
import { refetchAfter } from '@/components/mutes/state-kind'
import { accountOf, type MuteSubject } from '@/components/mutes/subject'
import { useMuteChecks } from '@/components/mutes/use-mute-checks'
import { serverNow } from '@/components/ui/clock'
import { useHydrated } from '@/components/ui/use-hydrated'
import type { AccountDto } from '@/lib/accounts/schemas'
import type { Actor } from '@/lib/auth/actor'
import { muteQueries } from '@/lib/mutes/query-options'
import { encodePath, ReadError } from '@/lib/read'
import type { CaseDto } from '@/lib/reports/case-schemas'
import { MutesPlace } from './case-mutes-place'

/** A provider without mutes of whole accounts. */
const NoMatrix = lazy(async () => ({ default: (await import('@/components/mutes/no-matrix')).NoMatrix }))

type CaseMutesProps = {
  one: CaseDto
  connection: AccountDto['connection']
  actor: Pick<Actor, 'role'>
}

/** Where the accused may write: everywhere, and in the group that the case is about. Changes are made on their pages. */
export function CaseMutes({ one, connection, actor }: CaseMutesProps) {
  const { userId, nickname } = one.accused
  const about = { connection, name: userId, nickname }
  const { groupId, topicId } = one
  useReadAnew(one)
  return (
    <>
      <Matrix
        subject={{ ...about, place: { connection: connection.key, userId } }}
        actor={actor}
        hasKeys={groupId === null}
      />
      {groupId !== null && (
        <Matrix
          subject={{
            ...about,
            place: { connection: connection.key, userId, groupId, ...(topicId !== null && { topicId }) },
            ...(connection.provider === 'zego' && { isUntold: true }),
          }}
          actor={actor}
          hasKeys
        />
      )}
    </>
  )
}

/**
 * A decision and its undo change what the accused may write, and the case with it: what was read before is no longer
 * so.
 */
function useReadAnew({ connection, accused: { userId }, version }: CaseDto) {
  const queryClient = useQueryClient()
  const seen = useRef(version)
  const onChange = useEffectEvent(
    () => void queryClient.invalidateQueries({ queryKey: muteQueries.account({ connection, userId }) }),
  )
  useEffect(() => {
    if (seen.current !== version) onChange()
    seen.current = version
  }, [version])
}

type MatrixProps = {
  subject: MuteSubject
  actor: Pick<Actor, 'role'>
  /** of two on one page the keys belong to the one that the case is about */
  hasKeys: boolean
}

function Matrix({ subject, actor, hasKeys }: MatrixProps) {
  const router = useRouter()
  const commands = useMuteChecks(subject)
  const isHydrated = useHydrated()
  const { data, error, isFetching } = useQuery({
    ...muteQueries.matrix(subject.place),
    refetchInterval: ({ state: { data } }) =>
      data ? refetchAfter(data.states, serverNow() ?? data.serverNow) : 60_000,
  })
  const isReading = isHydrated && isFetching
  const place = (
    <MutesPlace of={accountOf(subject.place) ? 'account' : 'member'} connection={subject.connection} />
  )
  if (!data) return error instanceof ReadError ? <ActionErrorPanel error={error.error} isRead /> : place
  if (data.states.length === 0)
    return (
      <Suspense fallback={place}>
        <NoMatrix subject={subject} commands={commands} isReading={isReading}>
          {null}
        </NoMatrix>
      </Suspense>
    )
  return (
    <MuteMatrix
      subject={subject}
      matrix={data}
      actor={actor}
      hasKeys={hasKeys}
      commands={commands}
      isReading={isReading}
      panel={null}
      onOpen={(mode) => router.push(hrefOf(subject, mode))}
      onApproach={() => {}}
    />
  )
}

/** The page on which the mute is changed; the bar in the frame leads back. */
function hrefOf({ place }: MuteSubject, mode: string): string {
  const account = accountOf(place)
  if (account) return `/accounts${encodePath(account.connection, account.userId)}?panel=${mode}`
  const { connection, groupId = '', userId = '', topicId } = place
  const at = new URLSearchParams({ member: userId, ...(topicId && { topic: topicId }), panel: mode })
  return `/groups${encodePath(connection, groupId)}?${at}`
}
