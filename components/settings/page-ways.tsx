import { useTranslations } from 'next-intl'
import { safePlain } from '@/components/ui/safe-text'

/** `host`: of the server that is called about the connection's urgent cases; null: none is */
type PageWay = { key: string; name: string; host: string | null }

/** Who is called about urgent cases. It stands in the connections file: nobody changes it here. */
export function PageWays({ ways }: { ways: readonly PageWay[] }) {
  const t = useTranslations('settings.policies')
  return (
    <ul className="list-disc ps-5 text-sm">
      {ways.map(({ key, name, host }) => (
        <li key={key} className="wrap-anywhere">
          {host === null
            ? t('unpaged', { connection: safePlain(name) })
            : t('paged', { connection: safePlain(name), host })}
        </li>
      ))}
    </ul>
  )
}
