import { useTranslations } from 'next-intl'
import { groupRoles } from '@/lib/provider/port'

/** The names of roles, in the moderator's language: "Admin, Member, Role 101". */
export function useRoleNames(): (roles: readonly number[]) => string {
  const t = useTranslations('groups.roles')
  const nameOf = (role: number) => {
    if (role === groupRoles.owner) return t('owner')
    if (role === groupRoles.admin) return t('admin')
    return role === groupRoles.member ? t('member') : t('custom', { role })
  }
  return (roles) => roles.map(nameOf).join(', ')
}

/** What is said of a mute, with the roles that it is for where it is for some: "until Thu 14:05 (Admin, Member)". */
export function useWithRoles(): (text: string, roles: readonly number[] | null | undefined) => string {
  const names = useRoleNames()
  return (text, roles) => (roles && roles.length > 0 ? `${text} (${names(roles)})` : text)
}
