import { Command, Option } from 'commander'
import { addApiKeyAtCommandLine } from '@/lib/auth/add-api-key'
import { allApiKeys } from '@/lib/auth/list-api-keys'
import { revokeApiKeyAtCommandLine } from '@/lib/auth/revoke-api-key'
import { type ApiScope, apiScopes } from '@/lib/auth/roles'
import { maxNameLength } from '@/lib/auth/schemas'
import { closeDb, getDb } from '@/lib/db'
import { AppError } from '@/lib/errors'

const program = new Command('api-key').description('what other programs use the API with')

program
  .command('add')
  .description('make a key and print its secret, once')
  .argument('<name>', 'what it is called in lists and in the audit')
  .requiredOption('--for <email>', 'the moderator in whose name it acts, with at most their rights')
  .addOption(new Option('--scope <scope...>', 'what it is for').choices(apiScopes).makeOptionMandatory())
  .action(async (name: string, options: { for: string; scope: ApiScope[] }) => {
    const added = await addApiKeyAtCommandLine(await getDb(), {
      name,
      email: options.for,
      scopes: [...new Set(options.scope)],
    })
    console.log(`added ${name} (${added.id}), acting as ${options.for}: ${options.scope.join(', ')}`)
    console.log(`key, shown only now: ${added.secret}`)
  })

program
  .command('revoke')
  .description('end a key for good, at once')
  .argument('<id>', 'as the list shows it')
  .action(async (id: string) => {
    await revokeApiKeyAtCommandLine(await getDb(), { id })
    console.log(`revoked ${id}`)
  })

program
  .command('list')
  .description('show every key that there is or was')
  .action(async () => {
    for (const key of await allApiKeys(await getDb())) {
      const state = key.revokedAt === null ? 'active' : `revoked ${instant(key.revokedAt)}`
      const used = key.lastUsedAt === null ? 'never used' : `last used ${instant(key.lastUsedAt)}`
      const { email, isDisabled } = key.moderator
      const whose = isDisabled ? `${email} (disabled)` : email
      console.log([key.id, key.prefix, key.name, whose, key.scopes.join(','), state, used].join('\t'))
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

function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16)}Z`
}

function explain(error: unknown): string {
  if (!(error instanceof AppError)) return firstLine(error)
  if (error.code === 'NOT_FOUND') return 'there is no such key, or nobody with that address can sign in'
  const [field, code] = Object.entries(error.options.fields ?? {})[0] ?? []
  if (code === 'already_so') return 'that key was revoked before; nothing was changed'
  if (field === 'name') return `a name has 1 to ${maxNameLength} characters`
  if (field === 'email') return 'that is not an e-mail address'
  if (field === 'id') return 'that is not the id of a key'
  return error.code
}

/** The cause says more than `Failed query`, whose other lines show the parameters. */
function firstLine(error: unknown): string {
  if (!(error instanceof Error)) return 'failed'
  const told = error.cause instanceof Error ? error.cause : error
  return told.message.split('\n')[0] || 'the database does not answer'
}
