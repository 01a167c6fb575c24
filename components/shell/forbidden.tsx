import { Lock } from 'lucide-react'
import { EmptyState } from '@/components/ui/empty-state'

type ForbiddenProps = { heading: string; title: string; advice?: string }

/** What a page shows to those whose role does not include it. */
export function Forbidden({ heading, title, advice }: ForbiddenProps) {
  return (
    <>
      <h1 className="sr-only">{heading}</h1>
      <EmptyState icon={<Lock aria-hidden />} title={title}>
        {advice}
      </EmptyState>
    </>
  )
}
