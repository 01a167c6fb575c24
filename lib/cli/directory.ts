import { createReadStream } from 'node:fs'
import { Command } from 'commander'
import { importAccounts } from '@/lib/accounts/import'
import { closeDb, getDb } from '@/lib/db'
import { env } from '@/lib/env'
import { en } from '@/lib/i18n/messages/en'

const program = new Command('directory').description(
  'the directory of accounts that searches by name look in',
)

program
  .command('import')
  .description('read accounts from a CSV file with the columns user_id, nickname, avatar_url')
  .argument('<file>', 'the CSV file')
  .requiredOption('--connection <key>', 'the connection that the accounts belong to')
  .action(async (file: string, { connection }: { connection: string }) => {
    if (!env().connections.some(({ key }) => key === connection))
      throw new Error(`there is no connection "${connection}"`)
    const { imported, skipped } = await importAccounts(await getDb(), connection, createReadStream(file))
    for (const { line, field, problem } of skipped)
      console.error(`line ${line} left out: ${field}: ${wordsOf(problem)}`)
    console.log(`${imported} accounts in the directory, ${skipped.length} lines left out`)
  })

try {
  await program.parseAsync()
} catch (error) {
  console.error(error instanceof Error ? error.message : 'failed')
  process.exitCode = 1
} finally {
  await closeDb()
}

function wordsOf(problem: string): string {
  const words: Record<string, string> = en.fieldErrors
  return words[problem] ?? problem
}
