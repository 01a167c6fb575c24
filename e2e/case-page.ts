import { randomUUID } from 'node:crypto'
import { expect, type Locator, type Page } from '@playwright/test'
import * as z from 'zod'
import { call } from './bulk-page'

const filedSchema = z.object({ caseId: z.uuid(), caseNumber: z.int() })

export const queueOf = (accused: string, tab = 'new') =>
  `/reports?${new URLSearchParams({ ...(tab !== 'new' && { tab }), accused })}`
export const work = (page: Page) => page.getByRole('region', { name: 'Work', exact: true })
export const stands = (page: Page, stand: string) => expect(work(page)).toHaveAttribute('data-stand', stand)
export const caseLink = (page: Page) => page.locator('[data-case-link]')
export const decidePanel = (page: Page) => page.getByRole('region', { name: 'Decide', exact: true })

/** Opens the one case on an account from the queue; gives its address. */
export async function openCase(page: Page, accused: string, tab?: string): Promise<string> {
  await page.goto(queueOf(accused, tab))
  await caseLink(page).click()
  await expect(page).toHaveURL(/\/reports\/[0-9a-f-]{36}\?/)
  await expect(work(page)).toBeVisible()
  return page.url()
}

/** Writes a report down in the name of whoever is signed in in the page's browser; gives its case's address. */
export async function fileReport(page: Page, accusedId: string, about: object = {}): Promise<string> {
  const { result } = await call(page, 'fileReportAction', {
    idempotencyKey: randomUUID(),
    connection: 'sg',
    accusedId,
    category: 'spam',
    text: 'The same link, every minute',
    ...about,
  })
  return `/reports/${filedSchema.parse(result?.ok && result.data).caseId}`
}

/** Answers both questions of the open form with a mute of that length, against the ladder; nothing is sent yet. */
export async function chooseMute(page: Page, length: string): Promise<Locator> {
  const decide = decidePanel(page)
  await decide.getByRole('radio', { name: 'Valid', exact: true }).check()
  await decide.getByRole('radio', { name: /^(Mute|Change the mute)$/ }).check()
  await decide.getByRole('radio', { name: 'Custom' }).check()
  await decide.getByRole('textbox', { name: 'Length' }).fill(length)
  await decide.getByLabel('Reason', { exact: true }).fill('Links to a scam')
  await decide.getByLabel(/Why other/).fill('They were told yesterday')
  return decide
}

/** Sends the form. */
export const decideNow = (page: Page) =>
  decidePanel(page)
    .getByRole('button', { name: /^Decide and close/ })
    .click()
