'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { Checkbox } from '@/components/ui/choice'
import { Field, Input } from '@/components/ui/field'
import { muteQueries } from '@/lib/mutes/query-options'
import { rolesOffered } from './role-model'
import { useRoleNames } from './role-words'

type RoleFieldsProps = {
  group: { connection: string; groupId: string }
  muted: readonly number[]
  ticked: readonly number[]
  typed: string
  onTicked(roles: number[]): void
  onTyped(text: string): void
  error: string | undefined
}

/** Whom a mute of roles is for: the roles that are known here to tick, and others to type. */
export function RoleFields({ group, muted, ticked, typed, onTicked, onTyped, error }: RoleFieldsProps) {
  const t = useTranslations('mutes.composer')
  const names = useRoleNames()
  const hintId = useId()
  // What the list beside has read of the members; for this alone nothing is asked.
  const members = useInfiniteQuery({ ...muteQueries.members(group), enabled: false })
  const found = members.data?.pages.flatMap((page) => page.members.map(({ role }) => role)) ?? []
  return (
    <div className="flex flex-col gap-2">
      <fieldset aria-describedby={hintId} className="min-w-0">
        <legend className="mb-1 font-medium">{t('roles')}</legend>
        <div className="flex flex-wrap gap-x-4 gap-y-1">
          {rolesOffered(found, [...muted, ...ticked]).map((role) => (
            <Checkbox
              key={role}
              label={names([role])}
              checked={ticked.includes(role)}
              onChange={({ target }) =>
                onTicked(target.checked ? [...ticked, role] : ticked.filter((other) => other !== role))
              }
            />
          ))}
        </div>
        <p id={hintId} className="mt-1 text-sm text-muted">
          {t('replaces')}
        </p>
      </fieldset>
      <Field label={t('otherRoles')} hint={t('otherRolesHint')} error={error}>
        <Input
          value={typed}
          maxLength={200}
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onTyped(event.target.value)}
        />
      </Field>
    </div>
  )
}
