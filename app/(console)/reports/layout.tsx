import { getLocale } from 'next-intl/server'
import type { ReactNode } from 'react'
import { MoreMessages } from '@/components/shell/more-messages'
import { reportMessagesOf } from '@/lib/i18n/messages'

/** Brings the words of the pages about reports, which no other page needs. Each page takes the actor itself. */
export default async function ReportsLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale()
  return <MoreMessages texts={reportMessagesOf(locale)}>{children}</MoreMessages>
}
