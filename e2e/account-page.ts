import { expect, type Page } from '@playwright/test'
import type { MuteScope as Scope } from '../lib/mutes/rules'
import { encodePath } from '../lib/read'
import type { SeedAccount } from './emulator/schemas'

export const row = (page: Page, scope: Scope) => page.locator(`li[data-scope="${scope}"]`)
export const timer = (page: Page, scope: Scope) => row(page, scope).getByRole('timer')

export async function openAccount(page: Page, { id }: SeedAccount) {
  await page.goto(`/accounts${encodePath('sg', id)}`)
  await expect(row(page, 'one_to_one')).toBeVisible()
}

/** Opens the composer, chooses and fills in; the person only has to press the button. */
export async function compose(page: Page, { preset, scope = 'Both' }: { preset: string; scope?: string }) {
  const form = page.getByRole('form')
  await expect(async () => {
    // A page that has not come alive yet hears of nothing.
    if (!(await form.isVisible())) await page.getByRole('button', { name: /^(Mute|Change)…/ }).click()
    await expect(form).toBeVisible({ timeout: 3_000 })
  }).toPass()
  await form.getByRole('radio', { name: scope, exact: true }).check()
  await form.getByRole('radio', { name: new RegExp(`^${preset}`) }).check()
  await form.getByRole('radio', { name: 'Spam', exact: true }).check()
  return form
}

export const submit = (page: Page, name: RegExp) => page.getByRole('form').getByRole('button', { name })
export const toast = (page: Page, text: RegExp) =>
  page
    .getByRole('region', { name: /^Notifications/ })
    .getByRole('listitem')
    .filter({ hasText: text })

/** A rest such as "59 m 58 s", in seconds. */
export async function restOf(page: Page, scope: Scope): Promise<number> {
  const text = (await timer(page, scope).textContent()) ?? ''
  const units = { d: 86_400, h: 3_600, m: 60, s: 1 } as const
  let seconds = 0
  for (const [, count, unit] of text.matchAll(/(\d+)\s*([dhms])/g))
    seconds += Number(count) * units[unit as 'd']
  return seconds
}

/** Presses a key until it has its effect: keys pressed before the page has come alive are lost. */
export async function pressUntil(page: Page, key: string, effect: () => Promise<void>): Promise<void> {
  let isPressed = false
  await expect(async () => {
    // A slow page may have answered meanwhile; another press could undo it or be typed into what it opened.
    if (isPressed && (await isReached(effect))) return
    isPressed = true
    await page.keyboard.press(key)
    await effect()
  }).toPass()
}

const isReached = (effect: () => Promise<void>) =>
  effect().then(
    () => true,
    () => false,
  )

/** Finds an account with the search box, by keyboard alone, and opens it. */
export async function findByKeyboard(page: Page, { id }: SeedAccount): Promise<void> {
  const box = page.getByRole('textbox', { name: 'Search accounts' })
  await pressUntil(page, '/', () => expect(box).toBeFocused({ timeout: 500 }))
  await page.keyboard.type(id)
  await expect(page.locator(`[data-account-id="${id}"]`).first()).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(page.locator(`[data-account-id="${id}"] [data-result]`).first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/accounts\/sg\//)
  await expect(row(page, 'one_to_one')).toBeVisible()
}
