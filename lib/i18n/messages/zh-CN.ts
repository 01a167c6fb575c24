import type { Messages } from '../messages'
import common from './zh-CN/common.json'
import crash from './zh-CN/crash.json'
import errors from './zh-CN/errors.json'
import fieldErrors from './zh-CN/fieldErrors.json'
import shell from './zh-CN/shell.json'

export const zhCN: Messages = {
  common,
  crash,
  errors,
  fieldErrors,
  shell,
}
