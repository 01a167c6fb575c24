import { ArrowRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { PlannedChange } from './planned-changes'
import { useWithRoles } from './role-words'
import { useEndWords } from './words'

type ChangesPreviewProps = { changes: readonly PlannedChange[]; now: number }

/** What becomes of each scope: before → after. */
export function ChangesPreview({ changes, now }: ChangesPreviewProps) {
  const t = useTranslations('mutes')
  const words = useEndWords()
  const withRoles = useWithRoles()
  return (
    <dl aria-label={t('composer.changes')} className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-sm">
      {changes.map(({ scope, before, after, beforeRoles, afterRoles, verb }) => (
        <div key={scope} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-muted">{t(`scopes.${scope}`)}</dt>
          <dd className="flex flex-wrap items-center gap-x-1.5">
            <span>{withRoles(words.end(before, now), beforeRoles)}</span>
            {verb === 'same' ? (
              <span className="text-muted">({t('composer.unchanged')})</span>
            ) : (
              <>
                <ArrowRight aria-hidden className="size-3.5 shrink-0 text-muted" />
                <span className="sr-only">→</span>
                <strong className="font-semibold">{withRoles(words.end(after, now), afterRoles)}</strong>
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
