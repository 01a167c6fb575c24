import Link from 'next/link'
import { SafeText } from '@/components/ui/safe-text'
import { encodePath } from '@/lib/read'

type PersonProps = { connection: string; userId: string; nickname: string | null }

/** An account by its name and id, leading to its page. */
export function Person({ connection, userId, nickname }: PersonProps) {
  return (
    <Link
      href={`/accounts${encodePath(connection, userId)}`}
      prefetch={false}
      className="inline-flex max-w-full flex-wrap items-center gap-x-1.5 hover:underline"
    >
      {nickname && <SafeText text={nickname} maxLength={48} className="font-medium" />}
      <bdi dir="ltr" className="font-mono text-sm break-all whitespace-pre-wrap">
        {userId}
      </bdi>
    </Link>
  )
}
