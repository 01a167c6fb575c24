'use client'

import { Printer } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'

/** Opens the browser's own print window. */
export function PrintButton() {
  const t = useTranslations('bulkMutes.report')
  return (
    <Button
      variant="primary"
      icon={<Printer aria-hidden className="size-4" />}
      onClick={() => window.print()}
    >
      {t('print')}
    </Button>
  )
}
