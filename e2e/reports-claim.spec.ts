import type { Page } from '@playwright/test'
import * as z from 'zod'
import { chooseMute, decideNow, decidePanel, fileReport, stands, work } from './case-page'
import { expect, test } from './fixtures'
import { holdReads } from './hold-reads'

const caseSchema = z.object({
  data: z.object({
    case: z.object({ status: z.string(), claim: z.object({ isYours: z.boolean() }).nullable() }),
  }),
})

/** How the case at this address stands at the server, whatever the page knows of it. */
async function atServer(page: Page, address: string) {
  const answer = await page.request.get(`/api${address}`)
  const { status, claim } = caseSchema.parse(await answer.json()).data.case
  return claim?.isYours ? `${status}, yours` : status
}

const becomes = (page: Page, address: string, stand: string) =>
  expect.poll(() => atServer(page, address)).toBe(stand)
const told = (page: Page) => page.locator('main').getByRole('alert')

async function holdIt(page: Page): Promise<void> {
  await work(page).getByRole('button', { name: 'Hold…' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Hold #/ })
    .click()
}

test('a press between a claim and the next look at the case means the case as it was claimed', async ({
  page,
  signIn,
  newAccount,
}) => {
  test.slow()
  await signIn('moderator')
  const [first, second, third] = [
    await fileReport(page, (await newAccount()).id),
    await fileReport(page, (await newAccount()).id),
    await fileReport(page, (await newAccount()).id),
  ]

  // The page does not hear of its claim.
  await page.goto(first)
  const gate = await holdReads(page)
  const claim = work(page).getByRole('button', { name: 'Claim' })
  await claim.click()
  await becomes(page, first, 'claimed, yours')
  await claim.click()
  await holdIt(page)
  await becomes(page, first, 'waiting')
  await expect(told(page)).toHaveCount(0)
  gate.open()
  await stands(page, 'held')

  // Taken over from another tab, and decided at once.
  const other = await page.context().newPage()
  await other.goto(second)
  await work(other).getByRole('button', { name: 'Claim' }).click()
  await stands(other, 'yours')
  await other.close()
  await page.goto(second)
  await stands(page, 'other_tab')
  const next = await holdReads(page)
  await decidePanel(page).scrollIntoViewIfNeeded()
  await decidePanel(page).getByRole('button', { name: 'Take it over here' }).click()
  await stands(page, 'yours')
  await chooseMute(page, '3h')
  await decideNow(page)
  await becomes(page, second, 'closed')
  await expect(told(page)).toHaveCount(0)
  next.open()
  await stands(page, 'ended')

  // What is pressed while the claim is on its way waits for it.
  await page.goto(third)
  let send = () => {}
  const sent = new Promise<void>((resolve) => {
    send = resolve
  })
  await page.route(`**${third}`, async (route) => {
    if (route.request().method() === 'POST') await sent
    await route.continue()
  })
  await claim.click()
  await expect(claim).toHaveAttribute('aria-busy', 'true')
  await holdIt(page)
  expect(await atServer(page, third)).toBe('new')
  send()
  await becomes(page, third, 'waiting')
  await stands(page, 'held')
  await expect(told(page)).toHaveCount(0)
})
