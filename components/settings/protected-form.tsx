'use client'

import { useTranslations } from 'next-intl'
import { Field, Textarea } from '@/components/ui/field'
import type { AccountKey } from '@/lib/accounts/schemas'
import { setProtectedAccountsAction } from '@/lib/settings/actions'
import { maxProtectedAccounts } from '@/lib/settings/rules'
import type { ProtectedAccountsDto } from '@/lib/settings/schemas'
import { readLines } from './protected-lines'
import { SettingForm } from './setting-form'
import { useSettingForm } from './use-setting-form'

type ProtectedFormProps = {
  saved: ProtectedAccountsDto
  connections: readonly { key: string; name: string }[]
  /** when `saved` was read */
  serverNow: number
}

/** Connection → its ids, one a line. */
type Draft = Record<string, string>

/** The accounts that no bulk mute touches. Those of a connection that is not set up at present stay as they are. */
export function ProtectedForm({ saved, connections, serverNow }: ProtectedFormProps) {
  const t = useTranslations('settings.protected')
  const idsOf = (key: string) =>
    saved.accounts.filter(({ connection }) => connection === key).map(({ userId }) => userId)
  const form = useSettingForm<Draft>({
    saved: Object.fromEntries(connections.map(({ key }) => [key, idsOf(key).join('\n')])),
    version: saved.version,
    told: { title: t('saved'), description: t('savedWhat') },
    send(draft, version) {
      const accounts = readAccounts(draft, saved.accounts)
      return accounts === null || accounts.length > maxProtectedAccounts
        ? undefined
        : setProtectedAccountsAction({ accounts, version })
    },
  })
  const isTooMany =
    form.isChecked && (readAccounts(form.draft, saved.accounts)?.length ?? 0) > maxProtectedAccounts
  const errorOf = (text: string) => {
    const read = readLines(text)
    if ('wrongLine' in read) return t('invalid', { line: read.wrongLine })
    return isTooMany ? t('tooMany', { max: maxProtectedAccounts }) : undefined
  }
  return (
    <SettingForm form={form} theirs={t('value', { accounts: saved.accounts.length })} serverNow={serverNow}>
      {connections.map(({ key, name }) => (
        <Field
          key={key}
          label={t('label', { connection: name })}
          hint={t('hint')}
          error={form.isChecked ? errorOf(form.draft[key] ?? '') : undefined}
        >
          <Textarea
            value={form.draft[key] ?? ''}
            onChange={(event) => form.setDraft({ ...form.draft, [key]: event.target.value })}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className="font-mono"
          />
        </Field>
      ))}
    </SettingForm>
  )
}

/** null: a line cannot be an id. */
function readAccounts(draft: Draft, saved: readonly AccountKey[]): AccountKey[] | null {
  const others = saved.filter(({ connection }) => !(connection in draft))
  const typed: AccountKey[] = []
  for (const [connection, text] of Object.entries(draft)) {
    const read = readLines(text)
    if ('wrongLine' in read) return null
    typed.push(...read.userIds.map((userId) => ({ connection, userId })))
  }
  return [...typed, ...others]
}
