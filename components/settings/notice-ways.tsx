import { useTranslations } from 'next-intl'
import { safePlain } from '@/components/ui/safe-text'
import type { ProviderName } from '@/lib/provider/port'

/** `host`: of the server that the messages of the connection go to; null: its provider sends them */
type NoticeWay = { key: string; name: string; provider: ProviderName; host: string | null }

/** Where messages to people go. It stands in the connections file: nobody changes it here. */
export function NoticeWays({ ways }: { ways: readonly NoticeWay[] }) {
  const t = useTranslations('settings.templates.ways')
  return (
    <div className="text-sm">
      <p className="text-muted">{t('title')}</p>
      <ul className="list-disc ps-5">
        {ways.map(({ key, name, provider, host }) => (
          <li key={key} className="wrap-anywhere">
            {host === null
              ? t('provider', { connection: safePlain(name), provider })
              : t('webhook', { connection: safePlain(name), host })}
          </li>
        ))}
      </ul>
    </div>
  )
}
