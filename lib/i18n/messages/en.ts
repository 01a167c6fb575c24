import auth from './en/auth.json'
import common from './en/common.json'
import crash from './en/crash.json'
import errors from './en/errors.json'
import fieldErrors from './en/fieldErrors.json'
import shell from './en/shell.json'

export const en = {
  auth,
  common,
  crash,
  errors,
  fieldErrors,
  shell,
}
