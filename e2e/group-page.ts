import { expect, type Page } from '@playwright/test'
import { encodePath } from '../lib/read'
import type { SeedGroup } from './emulator/group-schemas'

export const members = (page: Page) => page.getByRole('region', { name: /^(Members|Muted members)/ })
export const memberRow = (page: Page, id: string) => members(page).locator(`li[data-account-id="${id}"]`)
export const groupRow = (page: Page, id: string) => page.locator(`li[data-group-id="${id}"]`)

export async function openGroup(page: Page, { id }: Pick<SeedGroup, 'id'>, query = '') {
  await page.goto(`/groups${encodePath('sg', id)}${query}`)
  await expect(page.locator(`header[data-group-id="${id}"]`)).toBeVisible()
}

/** Opens the composer of a place with a single scope and fills it in; the person only has to press the button. */
export async function composeHere(page: Page, preset?: string) {
  await page.getByRole('button', { name: /^(Mute|Change)…/ }).click()
  const form = page.getByRole('form')
  if (preset !== undefined) await form.getByRole('radio', { name: new RegExp(`^${preset}`) }).check()
  await form.getByRole('radio', { name: 'Spam', exact: true }).check()
  return form
}

/** Goes on with the Tab key until the element has the focus. */
export async function tabTo(page: Page, target: ReturnType<Page['locator']>): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('the Tab key does not lead there')
}
