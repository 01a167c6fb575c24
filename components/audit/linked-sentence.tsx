import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { AuditEntry } from '@/lib/audit/schemas'
import { encodePath } from '@/lib/read'

type LinkedEvent = Extract<AuditEntry, { type: 'account.linked' | 'account.unlinked' }>

/** With which other account an account was linked, or is no more, and the way to that one. */
export function LinkedSentence({ event: { connection, data, type } }: { event: LinkedEvent }) {
  const t = useTranslations('audit.events')
  const { otherConnection, otherUserId } = data
  return (
    <p>
      {t.rich(type, {
        other: () => (
          <Link
            href={`/accounts${encodePath(otherConnection, otherUserId)}`}
            prefetch={false}
            className="font-mono break-all whitespace-pre-wrap text-accent-text underline"
          >
            <bdi dir="ltr">
              {otherConnection === connection ? otherUserId : `${otherConnection}/${otherUserId}`}
            </bdi>
          </Link>
        ),
      })}
    </p>
  )
}
