import { text } from 'node:stream/consumers'
import { Command, Option } from 'commander'
import { addModerator } from '@/lib/auth/add-moderator'
import { disableModerator } from '@/lib/auth/disable-moderator'
import { enableModerator } from '@/lib/auth/enable-moderator'
import { listModerators } from '@/lib/auth/list-moderators'
import { resetPassword } from '@/lib/auth/reset-password'
import { type Role, roles } from '@/lib/auth/roles'
import { maxNameLength, maxPasswordLength, minPasswordLength } from '@/lib/auth/schemas'
import { closeDb, getDb } from '@/lib/db'
import { AppError, type FieldErrorCode } from '@/lib/errors'

type PasswordOption = { passwordStdin?: true }

const program = new Command('user').description('the people who sign in to the console')
const passwordStdin = [
  '--password-stdin',
  'read the password from standard input, instead of making one up',
] as const

program
  .command('add')
  .description('make a sign-in and print its password, once')
  .argument('<email>')
  .addOption(new Option('--role <role>', 'what they may do').choices(roles).makeOptionMandatory())
  .option('--name <name>', 'how the console calls them; without it the part of the address before the @')
  .option(...passwordStdin)
  .action(async (email: string, options: { role: Role; name?: string } & PasswordOption) => {
    const { role, name } = options
    const added = await addModerator(await getDb(), { email, role, name, ...(await givenPassword(options)) })
    console.log(`added ${added.email} as ${role}`)
    printPassword(added.password, options)
  })

program
  .command('disable')
  .description('end a sign-in and all its sessions, at once')
  .argument('<email>')
  .action(async (email: string) => {
    await disableModerator(await getDb(), { email })
    console.log(`disabled ${email}; all sessions are ended`)
  })

program
  .command('enable')
  .description('open a disabled sign-in again, with the password it had')
  .argument('<email>')
  .action(async (email: string) => {
    await enableModerator(await getDb(), { email })
    console.log(`enabled ${email}; the password is the old one, all sessions stay ended`)
  })

program
  .command('reset')
  .description('set a new password, print it once, and end all sessions')
  .argument('<email>')
  .option(...passwordStdin)
  .action(async (email: string, options: PasswordOption) => {
    const reset = await resetPassword(await getDb(), { email, ...(await givenPassword(options)) })
    console.log(`new password for ${reset.email}; all sessions are ended`)
    printPassword(reset.password, options)
    if (reset.isDisabled) console.log('the sign-in is disabled and stays so; "enable" opens it')
  })

program
  .command('list')
  .description('show everybody who has or had a sign-in')
  .action(async () => {
    for (const moderator of await listModerators(await getDb())) {
      const state = moderator.disabledAt === null ? 'active' : `disabled ${instant(moderator.disabledAt)}`
      const seen = moderator.seenAt === null ? 'never signed in' : `last seen ${instant(moderator.seenAt)}`
      console.log([moderator.email, moderator.role, moderator.name, state, seen].join('\t'))
    }
  })

try {
  await program.parseAsync()
} catch (error) {
  console.error(explain(error))
  process.exitCode = 1
} finally {
  await closeDb()
}

async function givenPassword(options: PasswordOption): Promise<{ password?: string }> {
  // What pipes a password usually ends it with a line break.
  return options.passwordStdin ? { password: (await text(process.stdin)).replace(/\r?\n$/, '') } : {}
}

function printPassword(password: string, options: PasswordOption): void {
  if (!options.passwordStdin) console.log(`password, shown only now: ${password}`)
}

function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16)}Z`
}

function explain(error: unknown): string {
  if (!(error instanceof AppError)) return firstLine(error)
  if (error.code === 'NOT_FOUND') return 'nobody has a sign-in with that address'
  const [field, code] = Object.entries(error.options.fields ?? {})[0] ?? []
  return field && code ? explainField(field, code) : error.code
}

function explainField(field: string, code: FieldErrorCode): string {
  if (code === 'duplicate') return 'somebody has a sign-in with that address already'
  if (code === 'already_so') return 'that sign-in is so already; nothing was changed'
  if (field === 'password') return `a password has ${minPasswordLength} to ${maxPasswordLength} characters`
  if (field === 'name') return `a name has 1 to ${maxNameLength} characters`
  return `that is not an ${field === 'email' ? 'e-mail address' : field}`
}

/** The cause says more than `Failed query`, whose other lines show the parameters: a password's hash among them. */
function firstLine(error: unknown): string {
  if (!(error instanceof Error)) return 'failed'
  const told = error.cause instanceof Error ? error.cause : error
  return told.message.split('\n')[0] || 'the database does not answer'
}
