'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { CrashNotice } from '@/components/shell/crash-notice'

/** A page that broke, with the frame around it still standing: that one has the words. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations('crash')
  const queryClient = useQueryClient()
  const again = () => {
    // What broke the page may be what was read: the next try shall read anew. What the frame shows stays.
    queryClient.removeQueries({ type: 'inactive' })
    retry()
  }
  return (
    <div className="mx-auto max-w-lg px-4 py-12">
      <CrashNotice say={t} error={error} retry={again} />
    </div>
  )
}
