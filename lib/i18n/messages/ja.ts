import type { Messages } from '../messages'
import auth from './ja/auth.json'
import common from './ja/common.json'
import crash from './ja/crash.json'
import errors from './ja/errors.json'
import fieldErrors from './ja/fieldErrors.json'
import shell from './ja/shell.json'

export const ja: Messages = {
  auth,
  common,
  crash,
  errors,
  fieldErrors,
  shell,
}
