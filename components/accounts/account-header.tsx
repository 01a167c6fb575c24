import { Circle, CircleDashed, Moon, Radio } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Badge, type Tone } from '@/components/ui/badge'
import { CopyButton } from '@/components/ui/copy-button'
import { SafeText } from '@/components/ui/safe-text'
import type { AccountDto } from '@/lib/accounts/schemas'
import { Avatar } from './avatar'

const presences: Record<NonNullable<AccountDto['presence']> | 'unknown', { tone: Tone; icon: ReactNode }> = {
  online: { tone: 'success', icon: <Radio aria-hidden /> },
  background: { tone: 'info', icon: <Moon aria-hidden /> },
  offline: { tone: 'neutral', icon: <Circle aria-hidden /> },
  unknown: { tone: 'neutral', icon: <CircleDashed aria-hidden /> },
}

/** Who this is: picture, name, id to copy, connection and presence. The heading of the account page. */
export function AccountHeader({ account }: { account: AccountDto }) {
  const t = useTranslations('accounts.page')
  const { userId, nickname, connection } = account
  const presence = account.presence ?? 'unknown'
  return (
    <header data-account-id={userId} className="flex items-start gap-3">
      <Avatar account={account} size="header" />
      <div className="min-w-0 flex-1">
        <h1 className="text-xl">
          <SafeText text={nickname ?? ''} maxLength={80} />
        </h1>
        <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-muted">
          <span className="inline-flex min-w-0 items-center">
            <bdo dir="ltr" className="font-mono break-all whitespace-pre-wrap text-text">
              {userId}
            </bdo>
            <CopyButton text={userId} what={t('userId')} />
          </span>
          <span>
            {connection.name} · {t(`providers.${connection.provider}`)}
          </span>
          <Badge tone={presences[presence].tone} icon={presences[presence].icon} data-presence={presence}>
            {t(`presence.${presence}`)}
          </Badge>
        </div>
      </div>
    </header>
  )
}
