import { Command } from 'commander'
import { verifyAudit } from '@/lib/audit/verify'
import { closeDb, getDb } from '@/lib/db'

const program = new Command('audit').description('the record of everything that was done')

program
  .command('verify')
  .description('recompute the chain of the record; exit code 1 if it does not hold')
  .action(async () => {
    const { ok, rows, badLinks } = await verifyAudit(await getDb())
    if (ok) {
      console.log(`the record holds: ${rows} events`)
      return
    }
    console.error(`the record does NOT hold: ${rows} events, broken at number ${badLinks.join(', ')}`)
    process.exitCode = 1
  })

try {
  await program.parseAsync()
} catch (error) {
  console.error(error instanceof Error ? error.message : 'failed')
  process.exitCode = 1
} finally {
  await closeDb()
}
