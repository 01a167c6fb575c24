'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'

type SaveBarProps = { isDirty: boolean; isSaving: boolean; onReset(): void }

/** What saves a form of the settings, and what throws its changes away. */
export function SaveBar({ isDirty, isSaving, onReset }: SaveBarProps) {
  const t = useTranslations('settings.form')
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line pt-3">
      <Button type="submit" variant="primary" isBusy={isSaving}>
        {isSaving ? t('saving') : t('save')}
      </Button>
      {isDirty && !isSaving && (
        <Button variant="ghost" onClick={onReset}>
          {t('reset')}
        </Button>
      )}
    </div>
  )
}
