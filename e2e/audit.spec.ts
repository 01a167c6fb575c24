import { randomUUID } from 'node:crypto'
import { compose, openAccount, submit, toast } from './account-page'
import { expect, openSession, test } from './fixtures'
import { actionCases } from './forged/action-cases'
import { callAction, cookieHeader } from './server-actions'

test('a mute is in the log with who, what and why, and the log can be narrowed to it', async ({
  page,
  signIn,
  openOther,
  newAccount,
  checkAccessibility,
}) => {
  test.slow()
  await signIn('moderator')
  const account = await newAccount()
  await openAccount(page, account)
  await compose(page, { preset: '24 h' })
  await submit(page, /^Mute /).click()
  await expect(toast(page, /^Muted /)).toBeVisible()

  const log = await openOther('lead')
  await log.goto('/audit')
  await log.getByLabel('User id').fill(account.id)
  await log.getByRole('button', { name: 'Show' }).click()
  await expect(log).toHaveURL(`/audit?userId=${account.id}`)
  const table = log.getByRole('table', { name: 'Events' })
  const rows = table.locator('tbody tr')
  await expect(rows).toHaveCount(2)
  await expect(rows.nth(0)).toContainText('Muted')
  await expect(rows.nth(1)).toContainText('Mute sent to the provider')
  await expect(rows.nth(1)).toContainText('Spam · Sent spam')
  await expect(rows.nth(1)).toContainText('All groups: not muted → until')
  await expect(rows.nth(1)).toContainText('Demo moderator')
  await checkAccessibility(log)

  await log.getByLabel('What happened').selectOption('mute.applied')
  await log.getByLabel('From').fill('2026-01-01T00:00')
  await log.getByRole('button', { name: 'Show' }).click()
  await expect(rows).toHaveCount(1)
  await expect(log).toHaveURL(/from=20\d\d-\d\d-\d\dT\d\d%3A00Z/)
  // The page is built anew, and the keyboard goes on from where it was.
  await expect(log.getByRole('button', { name: 'Show' })).toBeFocused()
  await log.getByRole('link', { name: 'Clear the filters' }).click()
  await expect(log).toHaveURL('/audit')
  await log.goto(`/audit?userId=${account.id}&outcome=failed`)
  await expect(log.getByText('No event matches')).toBeVisible()
  await log.goto('/audit?type=nonsense')
  await expect(log.getByText('This address asks for something that cannot be')).toBeVisible()
  await log.goto(`/audit?userId=${account.id}`)
  await rows.nth(0).getByRole('link', { name: account.id }).click()
  await expect(log).toHaveURL(`/accounts/sg/${account.id}`)
})

test('an error that leaves open whether a mute took effect is in the log as that, not as a refusal', async ({
  page,
  signIn,
  openOther,
  newAccount,
  emulator,
}) => {
  await signIn('moderator')
  const account = await newAccount()
  await openAccount(page, account)
  await compose(page, { preset: '1 h' })
  await emulator.addFaults({ kind: 'code', code: 10002, api: 'setnospeaking', account: account.id })
  await submit(page, /^Mute /).click()
  await expect(toast(page, /No answer yet/)).toBeVisible()

  const log = await openOther('lead')
  await log.goto(`/audit?userId=${account.id}&type=mute.unknown`)
  const rows = log.getByRole('table', { name: 'Events' }).locator('tbody tr')
  await expect(rows).toHaveCount(1)
  await expect(rows).toContainText('does not tell whether it took effect (10002)')
  await expect(rows).not.toContainText('refused')
})

test('the log and the settings are closed to those whose role does not include them, and each try is in the log', async ({
  page,
  signIn,
  openOther,
  checkAccessibility,
}) => {
  await signIn('support')
  await page.goto('/audit')
  await expect(page.getByText('The audit log is not open to your role')).toBeVisible()
  await expect(page.getByRole('table')).toBeHidden()
  await checkAccessibility(page)
  await page.goto('/settings')
  await expect(page.getByText('Settings are for leads and administrators')).toBeVisible()
  await checkAccessibility(page)
  await page.goto('/audit')
  await expect(page.getByText('The audit log is not open to your role')).toBeVisible()

  const log = await openOther('lead')
  await log.goto('/audit?type=action.refused&outcome=denied')
  // Of a moderator's refusals at most 120 a minute are on record: other tests use up those of others.
  const rows = log.getByRole('row').filter({ hasText: 'Demo support' })
  for (const [index, refused] of [
    'open the audit log',
    'open the settings',
    'open the audit log',
  ].entries()) {
    await expect(rows.nth(index)).toContainText(`Refused: ${refused}`)
  }
  const badge = await rows.nth(0).locator('[data-outcome="denied"]').boundingBox()
  expect(badge?.height, 'the outcome is one line').toBeLessThan(30)
})

test('a refused change is in the log of the account that it was about', async ({
  demo,
  newAccount,
  page,
  signIn,
}) => {
  const { id } = await newAccount()
  const { cookies } = await openSession(demo, 'support')
  const target = { connection: 'sg', userId: id, commandId: randomUUID() }
  const forEver = { ...actionCases.applyMuteAction?.valid(target), end: { kind: 'forever' } }
  const { result } = await callAction(demo.consoleUrl, cookieHeader(cookies), 'applyMuteAction', forEver)
  expect(result).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  // Before anything of it is looked at: the role may not do it at all.
  const viewer = cookieHeader((await openSession(demo, 'viewer')).cookies)
  const lift = actionCases.liftMuteAction?.valid(target) ?? {}
  expect((await callAction(demo.consoleUrl, viewer, 'liftMuteAction', lift)).result).toMatchObject({
    ok: false,
    error: { code: 'FORBIDDEN' },
  })

  await signIn('lead')
  await page.goto(`/audit?userId=${id}`)
  const rows = page.locator('tbody tr')
  await expect(rows).toHaveCount(2)
  await expect(rows.nth(0)).toContainText('Refused: lift')
  await expect(rows.nth(0)).toContainText('Demo viewer')
  await expect(rows.nth(1)).toContainText('Refused: mute')
  await expect(rows.nth(1)).toContainText('Demo support')
})

test('filters that were sent and left before they came do not take the focus later', async ({
  page,
  signIn,
}) => {
  await signIn('lead')
  await page.goto('/audit')
  const show = page.getByRole('main').getByRole('button', { name: 'Show' })
  const ways = page.getByRole('navigation', { name: 'Main' })
  let answer = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route(/\/audit\?/, async (route) => {
    await answered
    await route.continue().catch(() => {})
  })
  await show.click()
  await ways.getByRole('link', { name: 'Accounts' }).click()
  await expect(page).toHaveURL(/\/accounts$/)
  answer()
  await ways.getByRole('link', { name: 'Audit log' }).click()
  await expect(page).toHaveURL(/\/audit$/)
  await expect(page.getByRole('table', { name: 'Events' })).toBeVisible()
  await expect(show).not.toBeFocused()
})
