import accounts from './en/accounts.json'
import audit from './en/audit.json'
import auth from './en/auth.json'
import bulkCollect from './en/bulkCollect.json'
import bulkMutes from './en/bulkMutes.json'
import common from './en/common.json'
import crash from './en/crash.json'
import errors from './en/errors.json'
import fieldErrors from './en/fieldErrors.json'
import groups from './en/groups.json'
import health from './en/health.json'
import ledger from './en/ledger.json'
import mutes from './en/mutes.json'
import notFound from './en/notFound.json'
import provider from './en/provider.json'
import providerTencent from './en/provider-tencent.json'
import providerZego from './en/provider-zego.json'
import reports from './en/reports.json'
import settings from './en/settings.json'
import shell from './en/shell.json'

export const en = {
  accounts,
  audit,
  auth,
  bulkCollect,
  bulkMutes,
  common,
  crash,
  errors,
  fieldErrors,
  groups,
  health,
  ledger,
  mutes,
  notFound,
  provider,
  'provider-tencent': providerTencent,
  'provider-zego': providerZego,
  reports,
  settings,
  shell,
}
