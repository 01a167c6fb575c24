'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { userIdError } from '@/lib/accounts/rules'
import { reportQueries } from '@/lib/reports/query-options'
import { LinkedNotice } from './linked-notice'

type LinkedPartiesProps = { connection: string; accusedId: string; reporterId: string }

/** Says so when whoever is about to be named as the reporter is the accused. A report can be filed all the same. */
export function LinkedParties({ connection, accusedId, reporterId }: LinkedPartiesProps) {
  const t = useTranslations('reports.linked')
  const areNamed = [accusedId, reporterId].every((id) => userIdError(id) === null)
  const { data } = useQuery({
    ...reportQueries.linked({ connection, userId: accusedId }),
    enabled: areNamed && accusedId !== reporterId,
  })
  const found = data?.linked.find((one) => one.connection === connection && one.userId === reporterId)
  return (
    <div aria-live="polite" className="empty:hidden">
      <LinkedNotice says={(areNamed && found?.says) || []}>{t('filing')}</LinkedNotice>
    </div>
  )
}
