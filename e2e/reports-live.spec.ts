import type { Page } from '@playwright/test'
import { call } from './bulk-page'
import { caseLink, fileReport, queueOf, stands, work } from './case-page'
import { expect, test } from './fixtures'

/** The page looks at nothing by itself any more: it hears of changes, or it does not. */
const withoutRegularLooks = (page: Page) =>
  page.addInitScript(() => {
    const regular = window.setInterval
    Object.assign(window, {
      setInterval: (run: TimerHandler, ms?: number, ...rest: unknown[]) =>
        (ms ?? 0) >= 5_000 ? 0 : regular(run, ms, ...rest),
    })
  })

test('the queue and a case are told what colleagues do, and rows stay where they are', async ({
  page: ann,
  signIn,
  openOther,
  newAccount,
  checkAccessibility,
}) => {
  const [first, second, reporter] = [await newAccount(), await newAccount(), await newAccount()]
  await signIn('support')
  const ben = await openOther('lead')
  await withoutRegularLooks(ben)
  const query = `/reports?${new URLSearchParams({ reporter: reporter.id })}`
  const url = await fileReport(ann, first.id, { reporterId: reporter.id })
  await ben.goto(query)
  const row = ben.locator(`[data-account-id="${first.id}"]`)
  await expect(row).toBeVisible()

  await ann.goto(url)
  await expect(row.locator('[data-viewers]')).toHaveText(/Demo support.* is looking at it$/)
  await work(ann).getByRole('button', { name: 'Claim' }).click()
  await expect(row.locator('[data-claim]')).toHaveText(/Demo support.* works on it$/)
  await checkAccessibility(ben)
  await work(ann).getByRole('button', { name: 'Release' }).click()
  await expect(row.locator('[data-claim]')).toHaveCount(0)
  await fileReport(ann, second.id, { reporterId: reporter.id })
  await expect(caseLink(ben)).toHaveCount(1)
  await ben.getByRole('button', { name: 'View 1 new' }).click()
  await expect(caseLink(ben)).toHaveCount(2)

  // What happens between the page and its stream is seen at the next regular look.
  const followed = ben.waitForResponse(/\/api\/reports\/live\?caseId=/)
  await row.getByRole('link').first().click()
  await followed
  await stands(ben, 'free')
  await expect(ben.getByText(/Demo support.* is looking at this case/)).toBeVisible()
  await work(ann).getByRole('button', { name: 'Claim' }).click()
  await stands(ben, 'other')
  await ann.getByRole('button', { name: 'Write a note' }).click()
  await ann.getByRole('textbox', { name: 'Note on the accused' }).fill('Well')
  await expect(ben.getByText(/Demo support.* is writing about this case/)).toBeVisible()
  await work(ann).getByRole('button', { name: 'Release' }).click()
  await stands(ben, 'free')
})

test('what one does oneself is never taken for another tab’s, however early it is told', async ({
  page,
  signIn,
  newAccount,
}) => {
  const accused = await newAccount()
  await signIn('support')
  await page.addInitScript(() => {
    const told: string[] = []
    Object.assign(window, { told })
    window.EventSource = class extends EventSource {
      constructor(url: string | URL) {
        super(url)
        this.addEventListener('message', ({ data }) => told.push(data))
      }
    }
  })
  await withoutRegularLooks(page)
  const url = await fileReport(page, accused.id)
  // Commands go one after another: held back, the page's own look would keep the claim waiting.
  const looked = page.waitForResponse((response) => response.request().method() === 'POST')
  await page.goto(url)
  await looked
  await stands(page, 'free')
  await page.evaluate(() => {
    const region = document.querySelector('[data-stand]')
    const seen = [region?.getAttribute('data-stand')]
    Object.assign(window, { seen })
    if (region)
      new MutationObserver(() => seen.push(region.getAttribute('data-stand'))).observe(region, {
        attributeFilter: ['data-stand'],
      })
  })
  // Told of it long before the answer: what a page reads anew at once has come by then.
  let isHeld = false
  await page.route(/\/reports\//, async (route) => {
    if (isHeld || route.request().method() !== 'POST') return route.fallback()
    isHeld = true
    const response = await route.fetch()
    await page.waitForFunction(() => Reflect.get(window, 'told').includes('case'))
    for (let look = 0; look < 5; look += 1) await page.evaluate((path) => fetch(`/api${path}?`), url)
    await route.fulfill({ response })
  })
  await work(page).getByRole('button', { name: 'Claim' }).click()
  await stands(page, 'yours')
  expect(await page.evaluate(() => Reflect.get(window, 'seen'))).toEqual(['free', 'yours'])
})

test('news of a case has nobody look at it anew, in however many windows it is open', async ({
  page,
  context,
  signIn,
  openOther,
  newAccount,
}) => {
  const accused = await newAccount()
  await signIn('support')
  const other = await context.newPage()
  const ben = await openOther('lead')
  for (const window of [page, other]) await withoutRegularLooks(window)
  const url = await fileReport(page, accused.id)
  for (const window of [page, other, ben]) {
    await window.goto(url)
    await stands(window, 'free')
  }
  await page.getByRole('button', { name: 'Write a note' }).click()
  await page.getByRole('textbox', { name: 'Note on the accused' }).fill('In one of two windows')
  await expect(ben.getByText(/Demo support.* is writing about this case/)).toBeVisible()
  const looks: string[] = []
  for (const window of [page, other])
    window.on('request', (request) => {
      if (request.method() === 'POST') looks.push(request.url())
    })
  for (let turn = 0; turn < 3; turn += 1) {
    await work(ben).getByRole('button', { name: 'Claim' }).click()
    for (const window of [page, other]) await stands(window, 'other')
    await work(ben).getByRole('button', { name: 'Release' }).click()
    for (const window of [page, other]) await stands(window, 'free')
  }
  expect(looks).toEqual([])
})

test('a page that nothing is told to says so, goes on looking by itself, and catches up', async ({
  page: ann,
  signIn,
  openOther,
  newAccount,
  allowErrors,
  checkAccessibility,
}) => {
  allowErrors(/\/api\/reports\/live/)
  const accused = await newAccount()
  await signIn('support')
  const ben = await openOther('lead')
  await ben.route(/\/api\/reports\/live/, (route) => route.abort())
  const url = await fileReport(ann, accused.id)
  await ben.goto(queueOf(accused.id))
  const row = ben.locator(`[data-account-id="${accused.id}"]`)
  const notice = ben.getByText('Live updates are paused')
  await expect(notice).toBeVisible({ timeout: 15_000 })
  await checkAccessibility(ben)
  await ann.goto(url)
  await work(ann).getByRole('button', { name: 'Claim' }).click()
  await expect(row.locator('[data-claim]')).toHaveText(/Demo support.* works on it$/, { timeout: 20_000 })
  await ben.unroute(/\/api\/reports\/live/)
  await expect(notice).toBeHidden({ timeout: 30_000 })
})

test('a tab that nobody sees follows nothing, and reads anew when it is seen again', async ({
  page: ann,
  signIn,
  openOther,
  newAccount,
}) => {
  const accused = await newAccount()
  await signIn('support')
  const ben = await openOther('lead')
  await withoutRegularLooks(ben)
  const url = await fileReport(ann, accused.id)
  const followed: string[] = []
  ben.on('request', (request) => {
    if (request.url().includes('/api/reports/live')) followed.push(request.url())
  })
  const ended = ben.waitForEvent('requestfailed', (request) => request.url().includes('/api/reports/live'))
  await ben.goto(queueOf(accused.id))
  const row = ben.locator(`[data-account-id="${accused.id}"]`)
  await expect.poll(() => followed.length).toBe(1)
  await setVisible(ben, 'hidden')
  await ended
  await ann.goto(url)
  const claimed = await call(ann, 'claimCaseAction', { caseId: url.split('/').at(-1), version: 1 })
  expect(claimed).toMatchObject({ result: { ok: true } })
  expect(followed).toHaveLength(1)
  await expect(row.locator('[data-claim]')).toHaveCount(0)
  await setVisible(ben, 'visible')
  await expect(row.locator('[data-claim]')).toHaveText(/Demo support.* works on it$/)
  expect(followed).toHaveLength(2)
})

async function setVisible(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((visibilityState) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibilityState })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}
