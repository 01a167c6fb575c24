import { Lock } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ApiKeys } from '@/components/settings/api-keys'
import { ApprovalForm } from '@/components/settings/approval-form'
import { LastChanged } from '@/components/settings/last-changed'
import { MutePresetsEditor } from '@/components/settings/mute-presets-editor'
import { NoticeWays } from '@/components/settings/notice-ways'
import { PageWays } from '@/components/settings/page-ways'
import { PoliciesForm } from '@/components/settings/policies-form'
import { ProtectedForm } from '@/components/settings/protected-form'
import { SettingsSection } from '@/components/settings/settings-section'
import { TemplatesForm } from '@/components/settings/templates-form'
import { EmptyState } from '@/components/ui/empty-state'
import { listApiKeys } from '@/lib/auth/list-api-keys'
import { listModerators } from '@/lib/auth/list-moderators'
import { mayOpen } from '@/lib/auth/may-open'
import { requireActor } from '@/lib/auth/require-actor'
import { hasPermission } from '@/lib/auth/roles'
import { appContext } from '@/lib/context'
import { listNoticeWays } from '@/lib/reports/list-notice-ways'
import { getApprovalAbove } from '@/lib/settings/approval-above'
import { getMutePresets } from '@/lib/settings/get-mute-presets'
import { getNoticeTemplates } from '@/lib/settings/notice-templates'
import { getProtectedAccounts } from '@/lib/settings/protected-accounts'
import { getReportPolicies } from '@/lib/settings/report-policies'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('title') }
}

/** What leads choose for everybody, and for administrators the keys of other programs. */
export default async function SettingsPage() {
  const actor = await requireActor()
  const t = await getTranslations('settings')
  if (!(await mayOpen(actor, 'settings:write', 'settings.open'))) {
    return (
      <>
        <h1 className="sr-only">{t('title')}</h1>
        <EmptyState icon={<Lock aria-hidden />} title={t('forbidden.title')}>
          {t('forbidden.advice')}
        </EmptyState>
      </>
    )
  }
  const context = await appContext()
  const [presets, approval, staff, policies, templates] = await Promise.all([
    getMutePresets(context, actor),
    getApprovalAbove(context, actor),
    getProtectedAccounts(context, actor),
    getReportPolicies(context, actor),
    getNoticeTemplates(context, actor),
  ])
  const mayKeepKeys = hasPermission(actor.role, 'api-keys:write')
  const keys = mayKeepKeys ? await listApiKeys(context, actor) : []
  const moderators = mayKeepKeys ? await listModerators(context.db) : []
  const serverNow = context.clock.now()
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-3">
      <h1 className="text-xl">{t('title')}</h1>
      <SettingsSection
        id="mute-presets"
        title={t('presets.title')}
        what={t('presets.what')}
        note={<LastChanged changed={presets.changed} never={t('presets.never')} serverNow={serverNow} />}
      >
        <MutePresetsEditor saved={presets} serverNow={serverNow} />
      </SettingsSection>
      <SettingsSection
        id="approval"
        title={t('approval.title')}
        what={t('approval.what')}
        note={<LastChanged changed={approval.changed} never={t('approval.never')} serverNow={serverNow} />}
      >
        <ApprovalForm saved={approval} serverNow={serverNow} />
      </SettingsSection>
      <SettingsSection
        id="protected"
        title={t('protected.title')}
        what={t('protected.what')}
        note={<LastChanged changed={staff.changed} never={t('protected.never')} serverNow={serverNow} />}
      >
        <ProtectedForm
          saved={staff}
          connections={context.connections.map(({ key, name }) => ({ key, name }))}
          serverNow={serverNow}
        />
      </SettingsSection>
      <SettingsSection
        id="report-policies"
        title={t('policies.title')}
        what={t('policies.what')}
        note={<LastChanged changed={policies.changed} never={t('policies.never')} serverNow={serverNow} />}
      >
        <PageWays ways={listNoticeWays(context, actor)} />
        <PoliciesForm saved={policies} serverNow={serverNow} />
      </SettingsSection>
      <SettingsSection
        id="notice-templates"
        title={t('templates.title')}
        what={t('templates.what')}
        note={<LastChanged changed={templates.changed} never={t('templates.never')} serverNow={serverNow} />}
      >
        <NoticeWays ways={listNoticeWays(context, actor)} />
        <TemplatesForm saved={templates} serverNow={serverNow} />
      </SettingsSection>
      {mayKeepKeys && <ApiKeys keys={keys} holders={holdersOf(moderators)} serverNow={serverNow} />}
    </div>
  )
}

function holdersOf(moderators: Awaited<ReturnType<typeof listModerators>>) {
  return moderators.flatMap(({ name, email, disabledAt }) => (disabledAt === null ? [{ name, email }] : []))
}
