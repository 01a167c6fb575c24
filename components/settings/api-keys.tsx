import { useTranslations } from 'next-intl'
import type { ApiKeyDto } from '@/lib/auth/api-key-schemas'
import { KeyList } from './key-list'
import { type KeyHolder, NewKeyForm } from './new-key-form'
import { SettingsSection } from './settings-section'

type ApiKeysProps = {
  keys: readonly ApiKeyDto[]
  holders: readonly KeyHolder[]
  /** when they were read */
  serverNow: number
}

/** The keys of other programs: which there are, and a new one. */
export function ApiKeys({ keys, holders, serverNow }: ApiKeysProps) {
  const t = useTranslations('settings.keys')
  return (
    <SettingsSection
      id="api-keys"
      title={t('title')}
      what={t('what')}
      note={
        <a href="/api/v1/openapi.json" className="text-sm text-accent-text underline">
          {t('document')}
        </a>
      }
    >
      <KeyList keys={keys} serverNow={serverNow} />
      <NewKeyForm holders={holders} />
    </SettingsSection>
  )
}
