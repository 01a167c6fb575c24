import { ShieldAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'

/** The mark of a case that was passed to the leads. */
export function NeedsLead() {
  const t = useTranslations('reports')
  return (
    <Badge tone="warning" icon={<ShieldAlert aria-hidden />}>
      {t('needsLead')}
    </Badge>
  )
}
