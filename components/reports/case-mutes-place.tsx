import { clsx } from 'clsx'
import { Skeleton } from '@/components/ui/skeleton'
import type { AccountDto } from '@/lib/accounts/schemas'
import type { CaseDto } from '@/lib/reports/case-schemas'

type MutesPlaceProps = { of: 'account' | 'member'; connection: AccountDto['connection'] }

/** Where mutes of the accused will be once the provider was asked, about as high, so that what is below does not move. */
export function MutesPlace({ of, connection }: MutesPlaceProps) {
  const hasNone = of === 'account' && connection.provider === 'zego'
  return (
    <div
      className={clsx(
        'rounded-panel border border-line bg-surface px-4 py-3',
        of === 'member' ? 'min-h-48' : hasNone ? 'min-h-28' : 'min-h-58',
      )}
    >
      <Skeleton lines={hasNone ? 3 : 6} />
    </div>
  )
}

type CaseMutesPlaceProps = { one: Pick<CaseDto, 'groupId'>; connection: AccountDto['connection'] }

/** The same for all that a case shows of them. */
export function CaseMutesPlace({ one, connection }: CaseMutesPlaceProps) {
  return (
    <>
      <MutesPlace of="account" connection={connection} />
      {one.groupId !== null && <MutesPlace of="member" connection={connection} />}
    </>
  )
}
