import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ApiKeys } from '@/components/settings/api-keys'
import { ApprovalForm } from '@/components/settings/approval-form'
import { MutePresetsEditor } from '@/components/settings/mute-presets-editor'
import { NoticeWays } from '@/components/settings/notice-ways'
import { PageWays } from '@/components/settings/page-ways'
import { PoliciesForm } from '@/components/settings/policies-form'
import { ProtectedForm } from '@/components/settings/protected-form'
import { SettingHistory } from '@/components/settings/setting-history'
import { SettingsIndex } from '@/components/settings/settings-index'
import { SettingsSection } from '@/components/settings/settings-section'
import { TemplatesForm } from '@/components/settings/templates-form'
import { Forbidden } from '@/components/shell/forbidden'
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
import type { SettingState } from '@/lib/settings/schemas'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('title') }
}

/** What leads choose for everybody, and for administrators the keys of other programs. */
export default async function SettingsPage() {
  const actor = await requireActor()
  const t = await getTranslations('settings')
  if (!(await mayOpen(actor, 'settings:write', 'settings.open'))) {
    return <Forbidden heading={t('title')} title={t('forbidden.title')} advice={t('forbidden.advice')} />
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
  const sections = [
    { id: 'mute-presets', title: t('presets.title') },
    { id: 'approval', title: t('approval.title') },
    { id: 'protected', title: t('protected.title') },
    { id: 'report-policies', title: t('policies.title') },
    { id: 'notice-templates', title: t('templates.title') },
    ...(mayKeepKeys ? [{ id: 'api-keys', title: t('keys.title') }] : []),
  ]
  return (
    <div className="mx-auto flex max-w-4xl flex-col gap-3 lg:flex-row lg:items-start lg:gap-6">
      <div className="flex flex-col gap-3 lg:sticky lg:top-20 lg:w-52 lg:shrink-0">
        <h1 className="text-xl">{t('title')}</h1>
        <SettingsIndex sections={sections} />
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <SettingsSection
          id="mute-presets"
          title={t('presets.title')}
          what={t('presets.what')}
          note={
            <SettingHistory
              settingKey="mute-presets"
              saved={stateOf(presets)}
              never={t('presets.never')}
              serverNow={serverNow}
            />
          }
        >
          <MutePresetsEditor saved={presets} serverNow={serverNow} />
        </SettingsSection>
        <SettingsSection
          id="approval"
          title={t('approval.title')}
          what={t('approval.what')}
          note={
            <SettingHistory
              settingKey="bulk-approval-above"
              saved={stateOf(approval)}
              never={t('approval.never')}
              serverNow={serverNow}
            />
          }
        >
          <ApprovalForm saved={approval} serverNow={serverNow} />
        </SettingsSection>
        <SettingsSection
          id="protected"
          title={t('protected.title')}
          what={t('protected.what')}
          note={
            <SettingHistory
              settingKey="protected-accounts"
              saved={stateOf(staff)}
              never={t('protected.never')}
              serverNow={serverNow}
            />
          }
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
          note={
            <SettingHistory
              settingKey="report-policies"
              saved={stateOf(policies)}
              never={t('policies.never')}
              serverNow={serverNow}
            />
          }
        >
          <PageWays ways={listNoticeWays(context, actor)} />
          <PoliciesForm saved={policies} serverNow={serverNow} />
        </SettingsSection>
        <SettingsSection
          id="notice-templates"
          title={t('templates.title')}
          what={t('templates.what')}
          note={
            <SettingHistory
              settingKey="notice-templates"
              saved={stateOf(templates)}
              never={t('templates.never')}
              serverNow={serverNow}
            />
          }
        >
          <NoticeWays ways={listNoticeWays(context, actor)} />
          <TemplatesForm saved={templates} serverNow={serverNow} />
        </SettingsSection>
        {mayKeepKeys && <ApiKeys keys={keys} holders={holdersOf(moderators)} serverNow={serverNow} />}
      </div>
    </div>
  )
}

/** Of a whole setting only what its history needs: the value would be sent to the browser twice. */
function stateOf({ version, changed }: SettingState): SettingState {
  return { version, changed }
}

function holdersOf(moderators: Awaited<ReturnType<typeof listModerators>>) {
  return moderators.flatMap(({ name, email, disabledAt }) => (disabledAt === null ? [{ name, email }] : []))
}
