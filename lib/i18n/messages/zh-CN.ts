import type { Messages } from '../messages'
import accounts from './zh-CN/accounts.json'
import audit from './zh-CN/audit.json'
import auth from './zh-CN/auth.json'
import bulkCollect from './zh-CN/bulkCollect.json'
import bulkMutes from './zh-CN/bulkMutes.json'
import common from './zh-CN/common.json'
import crash from './zh-CN/crash.json'
import errors from './zh-CN/errors.json'
import fieldErrors from './zh-CN/fieldErrors.json'
import groups from './zh-CN/groups.json'
import health from './zh-CN/health.json'
import ledger from './zh-CN/ledger.json'
import mutes from './zh-CN/mutes.json'
import notFound from './zh-CN/notFound.json'
import provider from './zh-CN/provider.json'
import providerTencent from './zh-CN/provider-tencent.json'
import providerZego from './zh-CN/provider-zego.json'
import reports from './zh-CN/reports.json'
import settings from './zh-CN/settings.json'
import shell from './zh-CN/shell.json'

export const zhCN: Messages = {
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
