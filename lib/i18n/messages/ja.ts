import type { Messages } from '../messages'
import accounts from './ja/accounts.json'
import audit from './ja/audit.json'
import auth from './ja/auth.json'
import bulkCollect from './ja/bulkCollect.json'
import bulkMutes from './ja/bulkMutes.json'
import common from './ja/common.json'
import crash from './ja/crash.json'
import errors from './ja/errors.json'
import fieldErrors from './ja/fieldErrors.json'
import groups from './ja/groups.json'
import health from './ja/health.json'
import ledger from './ja/ledger.json'
import mutes from './ja/mutes.json'
import notFound from './ja/notFound.json'
import provider from './ja/provider.json'
import providerTencent from './ja/provider-tencent.json'
import providerZego from './ja/provider-zego.json'
import reports from './ja/reports.json'
import settings from './ja/settings.json'
import shell from './ja/shell.json'

export const ja: Messages = {
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
