import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { Ref } from 'react'
import { safePlain } from '@/components/ui/safe-text'
import type { AccountKey } from '@/lib/accounts/schemas'
import { encodePath } from '@/lib/read'

type MemberHeadingProps = {
  /** the heading itself, to lead there */
  ref: Ref<HTMLHeadingElement>
  account: AccountKey
}

/** Whom what stands below is about, with the way to all that holds for them elsewhere. */
export function MemberHeading({ ref, account }: MemberHeadingProps) {
  const t = useTranslations('groups.member')
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1">
      <h2
        ref={ref}
        tabIndex={-1}
        // Below the frame's own bar, which stays where it is.
        className="min-w-0 scroll-mt-20 text-lg break-all"
      >
        {t('title', { id: safePlain(account.userId, 96) })}
      </h2>
      <Link
        href={`/accounts${encodePath(account.connection, account.userId)}`}
        className="text-accent-text underline"
      >
        {t('account')}
      </Link>
    </div>
  )
}
