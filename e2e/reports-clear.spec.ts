import type { Page } from '@playwright/test'
import * as z from 'zod'
import { call } from './bulk-page'
import { chooseMute, decideNow, decidePanel, fileReport, stands } from './case-page'
import { type Demo, startDemo } from './demo/start'
import { expect, test as used } from './fixtures'

const casesSchema = z.object({
  data: z.object({ cases: z.array(z.object({ id: z.uuid(), version: z.int() })) }),
})

/** On a console of its own: whoever else works on it needs cases. */
const test = used.extend<object, { demo: Demo }>({
  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright finds the fixtures a function wants by this pattern
    async ({}, use) => {
      const demo = await startDemo({ isEphemeral: true, port: 0, mayBuild: false })
      await use(demo)
      await demo.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

/** Puts everything that waits on hold, the first for half an hour; gives how many that were. */
async function holdAll(page: Page): Promise<number> {
  let held = 0
  for (;;) {
    const { data } = casesSchema.parse(await (await page.request.get('/api/reports?tab=new')).json())
    if (data.cases.length === 0) return held
    for (const { id: caseId, version } of data.cases) {
      const seconds = held === 0 ? 1_800 : 86_400
      const { result } = await call(page, 'holdCaseAction', { caseId, version, seconds })
      expect(result?.ok).toBe(true)
      held += 1
    }
  }
}

test('an empty queue says all clear, and what comes when', async ({
  page,
  signIn,
  speak,
  newAccount,
  checkAccessibility,
}) => {
  test.slow()
  await signIn('lead')
  const { id } = await newAccount()
  await page.goto(await fileReport(page, id))
  const decide = await chooseMute(page, '3h')
  await decide.getByRole('checkbox', { name: 'Look again when the mute ends' }).check()
  await decideNow(page)
  await stands(page, 'ended')
  await expect(decidePanel(page).getByText(/Demo lead.* decided/)).toBeVisible()
  await holdAll(page)

  await page.goto('/reports')
  await expect(page.getByText('No reports: all clear')).toBeVisible()
  const outlook = page.getByRole('list', { name: 'What comes' })
  await expect(outlook).toContainText(/\d+ held cases return, the first today \d\d:\d\d\./)
  await expect(outlook).toContainText(/1 mute with “Look again” ends within 24 hours: the case returns \S/)
  await checkAccessibility(page)
  await outlook.getByRole('link', { name: /held cases/ }).press('Enter')
  await expect(page).toHaveURL(/\/reports\?tab=held$/)
  await page.goBack()
  await outlook.getByRole('link', { name: '1 mute' }).click()
  await expect(page).toHaveURL(/\/mutes\?ends=24h$/)
  await expect(page.locator('main')).toContainText(id)

  // Narrowed, it is not the end of the queue.
  await page.goto('/reports?category=spam')
  await expect(page.getByText('No case matches')).toBeVisible()
  await expect(outlook).toBeHidden()

  await page.setViewportSize({ width: 390, height: 800 })
  for (const [locale, theme, clear] of [
    ['en', 'dark', 'No reports: all clear'],
    ['zh-CN', 'light', '没有举报：全部处理完毕'],
    ['ja', 'dark', '通報はありません：すべて対応済み'],
  ] as const) {
    await speak(locale, theme)
    await page.goto('/reports')
    await expect(page.getByText(clear)).toBeVisible()
    await expect(page.locator('main a[href="/mutes?ends=24h"]')).toContainText('1')
    const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
    expect(await page.evaluate(overflow)).toBe(0)
    await checkAccessibility(page)
  }
})
