import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { buttonClass } from '@/components/ui/button-class'

/** What an address that leads nowhere shows. Says nothing about what may be behind others. */
export function NotFoundScreen() {
  const t = useTranslations('notFound')
  return (
    <div className="mx-auto max-w-lg space-y-2 px-4 py-12">
      <h1 className="text-xl font-semibold">{t('title')}</h1>
      <p>{t('what')}</p>
      <p>{t('advice')}</p>
      <p className="pt-2">
        <Link href="/accounts" className={buttonClass('primary')}>
          {t('home')}
        </Link>
      </p>
    </div>
  )
}
