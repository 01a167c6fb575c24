import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import * as z from 'zod'
import type { EmulatorControl } from './emulator/control'
import { callAction, cookieHeader } from './server-actions'

const madeSchema = z.object({ id: z.uuid() })
const runSchema = z.object({ data: z.object({ status: z.string(), token: z.string().nullable() }) })

/** Puts accounts that no other test knows into the emulator's app (connection `sg`); gives back their ids. */
export async function addAccounts(
  emulator: EmulatorControl,
  count: number,
  about: (index: number) => { nickname?: string; oneToOne?: number; allGroups?: number } = () => ({}),
): Promise<string[]> {
  const unique = randomUUID().slice(0, 8)
  const accounts = Array.from({ length: count }, (_, index) => ({
    id: `b${unique}_${String(index).padStart(3, '0')}`,
    nickname: `Bulk ${index}`,
    ...about(index),
  }))
  await emulator.seed({ accounts })
  return accounts.map(({ id }) => id)
}

/** Makes a run in the name of whoever is signed in in the page's browser; gives back its id. */
export async function makeRun(page: Page, userIds: readonly string[], wish: object = {}): Promise<string> {
  const { result } = await call(page, 'createBulkMuteAction', {
    kind: 'mute',
    idempotencyKey: randomUUID(),
    connection: 'sg',
    userIds,
    ...('groupId' in wish ? {} : { scopes: ['one_to_one', 'all_groups'] }),
    end: { kind: 'duration', seconds: 3_600 },
    reason: { category: 'spam', text: 'The same link again and again' },
    ...wish,
  })
  return madeSchema.parse(result?.ok && result.data).id
}

/** Calls a server action as whoever is signed in in the page's browser. */
export async function call(page: Page, action: string, input: object) {
  const cookie = cookieHeader(await page.context().cookies())
  return callAction(await origin(page), cookie, action, input)
}

/** Makes a run and opens its preview. */
export async function openPreview(
  page: Page,
  userIds: readonly string[],
  wish: object = {},
): Promise<string> {
  const bulkId = await makeRun(page, userIds, wish)
  await page.goto(`/bulk-mutes/${bulkId}`)
  await expectStatus(page, 'previewed')
  return bulkId
}

/** Presses the button that names what it starts, and confirms. */
export async function startRun(page: Page, name: RegExp): Promise<void> {
  const confirm = page.getByRole('dialog').getByRole('button', { name })
  await expect(async () => {
    // A page that has not come alive yet hears of nothing.
    if (!(await confirm.isVisible())) await page.getByRole('button', { name }).click()
    await expect(confirm).toBeVisible({ timeout: 3_000 })
  }).toPass()
  await confirm.click()
}

export async function expectStatus(page: Page, status: string): Promise<void> {
  await expect(page.locator(`[data-bulk-id][data-status="${status}"]`)).toBeVisible({ timeout: 20_000 })
}

/** The rows of a run's accounts. */
export const items = (page: Page) =>
  page.getByRole('group', { name: 'Accounts' }).locator('li[data-account-id]')

/** Which of these accounts the provider was made to change, as often as it was, in their order. */
export async function effectsOn(emulator: EmulatorControl, ids: readonly string[]): Promise<string[]> {
  const journal = await emulator.journal()
  return journal.flatMap(({ account }) => (account !== null && ids.includes(account) ? [account] : [])).sort()
}

/** Makes a run and has it done without the screen. */
export async function finishRun(page: Page, userIds: readonly string[], wish: object = {}): Promise<string> {
  const bulkId = await makeRun(page, userIds, wish)
  const look = async () =>
    runSchema.parse(await (await page.request.get(`${await origin(page)}/api/bulk-mutes/${bulkId}`)).json())
      .data
  await expect.poll(async () => (await look()).status, { timeout: 20_000 }).toBe('previewed')
  await call(page, 'startBulkMuteAction', { bulkId, token: (await look()).token })
  await expect.poll(async () => (await look()).status, { timeout: 20_000 }).toBe('done')
  return bulkId
}

/** Of the console that the page's cookies belong to; the page need not have been opened yet. */
async function origin(page: Page): Promise<string> {
  const response = await page.request.get('/api/health')
  return new URL(response.url()).origin
}
