import { Readable } from 'node:stream'
import { importAccounts } from '../../lib/accounts/import'
import { rememberAccounts } from '../../lib/accounts/remember'
import { addModerator } from '../../lib/auth/add-moderator'
import { closeDb, getDb } from '../../lib/db'
import { env } from '../../lib/env'
import { AppError } from '../../lib/errors'
import { lifelikeAccounts, secondAppAccounts } from '../emulator/data/lifelike'
import { lifelikeZego } from '../emulator/data/zego'
import { seedAppeal } from './seed-appeal'
import { seedLinks } from './seed-links'
import { seedReports } from './seed-reports'
import { seedWork } from './seed-work'
import { demoSignIns } from './sign-ins'

type Account = { id: string; nickname?: string | undefined; avatarUrl?: string | undefined }

// Runs in a process of its own before the console does: the embedded database takes one process at a time.
const db = await getDb()
let isNew = false
for (const { role, email, password } of demoSignIns) {
  try {
    await addModerator(db, { email, role, password, name: `Demo ${role}` })
    isNew = true
  } catch (error) {
    const isThere = error instanceof AppError && error.options.fields?.email === 'duplicate'
    if (!isThere) throw error
  }
}
if (isNew) {
  await importAccounts(db, 'sg', Readable.from([toCsv(lifelikeAccounts())]))
  await importAccounts(db, 'beta', Readable.from([toCsv(secondAppAccounts())]))
  await importAccounts(db, 'zim', Readable.from([toCsv(zegoAccounts())]))
  await seedWork(db)
  await seedReports(db)
  await seedAppeal(db)
  await seedLinks(db)
}
// The emulator has another port each time, and with it the pictures another address.
await rememberPictures('sg', lifelikeAccounts())
await rememberPictures('zim', zegoAccounts())
await closeDb()

function zegoAccounts(): Account[] {
  return (lifelikeZego().users ?? []).map(({ name, ...user }) => ({ ...user, nickname: name }))
}

async function rememberPictures(connection: string, accounts: readonly Account[]): Promise<void> {
  const { endpoint = '' } = env().connections.find(({ key }) => key === connection) ?? {}
  const seen = accounts.flatMap(({ id, nickname = null, avatarUrl }) =>
    avatarUrl ? [{ connection, userId: id, nickname, avatarUrl: `${endpoint}${avatarUrl}` }] : [],
  )
  await rememberAccounts(db, seen)
}

function toCsv(accounts: readonly Account[]): string {
  const rows = accounts.map(({ id, nickname }) => [id, nickname ?? ''])
  return [['user_id', 'nickname'], ...rows].map((row) => row.map(quote).join(',')).join('\n')
}

function quote(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`
}
