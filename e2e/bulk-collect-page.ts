import { expect, type Page } from '@playwright/test'
import type { BulkItemsDto, BulkMuteDto } from '../lib/bulk-mutes/schemas'
import type { ActionResult } from '../lib/result'

export const counts = (page: Page) => page.getByRole('region', { name: 'Accounts' }).getByRole('status')
export const ids = (page: Page) => page.getByLabel('Account ids')
export const runUrl = /\/bulk-mutes\/[0-9a-f-]{36}$/

export async function openForm(page: Page) {
  await page.goto('/bulk-mutes/new')
  await expect(page.getByRole('form')).toBeVisible()
}

export async function giveReason(page: Page) {
  await page.getByRole('radio', { name: 'Spam', exact: true }).check()
}

export async function get<Data>(page: Page, path: string): Promise<Data> {
  const result: ActionResult<Data> = await (await page.request.get(path)).json()
  if (!result.ok) throw new Error(`${path}: ${result.error.code}`)
  return result.data
}

/** The run of the page that is open, with its accounts. */
export async function runOf(page: Page, href = new URL(page.url()).pathname) {
  const run = await get<BulkMuteDto>(page, `/api${href}`)
  const { items } = await get<BulkItemsDto>(page, `/api${href}/items?limit=500`)
  return { run, userIds: items.map(({ userId }) => userId) }
}
