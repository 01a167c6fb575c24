import type { Messages } from '../messages'
import auth from './zh-CN/auth.json'
import common from './zh-CN/common.json'
import crash from './zh-CN/crash.json'
import errors from './zh-CN/errors.json'
import fieldErrors from './zh-CN/fieldErrors.json'
import shell from './zh-CN/shell.json'

export const zhCN: Messages = {
  auth,
  common,
  crash,
  errors,
  fieldErrors,
  shell,
}
