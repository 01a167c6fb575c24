import { randomUUID } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import type { MuteMatrixDto } from '../lib/mutes/schemas'
import { compose, openAccount, submit, toast } from './account-page'
import {
  addAccounts,
  call,
  effectsOn,
  expectStatus,
  finishRun,
  items,
  openPreview,
  startRun,
} from './bulk-page'
import { expect, test } from './fixtures'

test('a run is previewed, confirmed, watched on every page and told of', async ({
  page,
  signIn,
  emulator,
  checkAccessibility,
}) => {
  test.slow()
  await signIn('moderator')
  const ids = await addAccounts(emulator, 30, (index) =>
    index === 4 ? { oneToOne: 90_000, allGroups: 90_000 } : {},
  )
  const ghost = `ghost_${randomUUID().slice(0, 8)}`
  const bulkId = await openPreview(page, [...ids, ghost])
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bulk mute of 31 accounts')
  await expect(page.getByText(/^29 calls, about \d+ s/)).toBeVisible()
  await page.getByRole('radio', { name: 'Unknown account · 1' }).check()
  await expect(page).toHaveURL(/show=no_account/)
  await expect(items(page)).toHaveCount(1)
  await expect(items(page)).toHaveAttribute('data-account-id', ghost)
  await page.getByRole('radio', { name: 'All · 31' }).check()
  await checkAccessibility(page)

  await emulator.setLatency(300)
  const start = /^Mute 29 accounts in one-to-one chats and all groups until/
  await page.getByRole('button', { name: start }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('2 accounts are left out')
  await expect(dialog).toContainText('Muted for longer already · 1')
  await checkAccessibility(page)
  await dialog.getByRole('button', { name: start }).click()
  await expectStatus(page, 'running')
  await expect(page.getByRole('progressbar', { name: 'Progress of the run' })).toBeVisible()
  await expect(page.getByRole('link', { name: /^Bulk run: \d+\/29$/ })).toHaveAttribute(
    'href',
    `/bulk-mutes/${bulkId}`,
  )
  await expectStatus(page, 'done')
  await expect(page.getByText('29 done · 2 left out')).toBeVisible()
  expect(await effectsOn(emulator, ids)).toEqual(ids.filter((_, index) => index !== 4))

  const file = await page.request.get(`/api/bulk-mutes/${bulkId}/export`)
  expect(file.headers()['content-disposition']).toMatch(/^attachment; filename="bulk-/)
  const rows: string[][] = parse(await file.body(), { bom: true })
  expect(rows.map(([first]) => first).sort()).toEqual(['user_id', ...ids, ghost].sort())
  await page.getByRole('link', { name: 'Report to print' }).click()
  await expect(page.getByRole('table', { name: 'Accounts' }).locator('tbody tr')).toHaveCount(31)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden()
  await page.emulateMedia({ media: null })
  await checkAccessibility(page)

  await page.goto(`/accounts/sg/${ids[0]}`)
  await page.getByRole('link', { name: 'bulk run' }).click()
  await expect(page).toHaveURL(`/bulk-mutes/${bulkId}`)
})

test('what failed comes first, is taken along and alone sent again', async ({ page, signIn, emulator }) => {
  test.slow()
  await signIn('moderator')
  const ids = await addAccounts(emulator, 12)
  const failing = [ids[2], ids[5], ids[9]].map((id) => id ?? '')
  await emulator.addFaults(
    ...failing.map((account) => ({
      kind: 'code' as const,
      api: 'setnospeaking' as const,
      code: 130005,
      account,
      times: 'always' as const,
    })),
  )
  const bulkId = await openPreview(page, ids)
  await startRun(page, /^Mute 12 accounts/)
  await expectStatus(page, 'done')
  await expect(page.getByText('9 done · 3 failed')).toBeVisible()
  for (const index of [0, 1, 2]) {
    await expect(items(page).nth(index)).toHaveAttribute('data-state', 'rejected')
    await expect(items(page).nth(index)).toContainText('tencent 130005')
  }
  const file = await page.request.get(`/api/bulk-mutes/${bulkId}/export?only=failed`)
  const rows: { user_id: string }[] = parse(await file.body(), { bom: true, columns: true })
  expect(rows.map(({ user_id }) => user_id).sort()).toEqual([...failing].sort())

  await emulator.clearFaults()
  await items(page).nth(0).getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Retry chosen (1)' }).click()
  await expect(page.getByText('10 done · 2 failed')).toBeVisible({ timeout: 20_000 })
  // What has succeeded by now is chosen no more: nobody wants to undo it.
  await expect(page.locator('li[data-state=applied] input:not(:checked)')).toHaveCount(10)
  await page.getByRole('button', { name: 'Retry failed (2)' }).click()
  await expect(page.getByText('12 done', { exact: true })).toBeVisible({ timeout: 20_000 })
  expect(await effectsOn(emulator, ids)).toEqual(ids)
})

test('a run is paused, goes on and is cancelled; a viewer only looks on', async ({
  page,
  signIn,
  openOther,
  emulator,
  checkAccessibility,
}) => {
  test.slow()
  await signIn('moderator')
  const bulkId = await openPreview(page, await addAccounts(emulator, 400), { scopes: ['one_to_one'] })
  await expect(items(page)).toHaveCount(100)
  await page.getByRole('group', { name: 'Accounts' }).evaluate((list) => list.scrollTo(0, list.scrollHeight))
  await expect(items(page)).toHaveCount(200)
  await emulator.setLatency(2_500)
  await startRun(page, /^Ask for approval: Mute 400 accounts/)
  await expectStatus(page, 'awaiting_approval')
  await expect(page.getByText('it waits for a second person')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Approve/ })).toHaveCount(0)

  const lead = await openOther('lead')
  await lead.goto('/bulk-mutes?status=awaiting_approval')
  await lead.locator(`tr[data-bulk-id="${bulkId}"]`).getByRole('link').click()
  await expect(lead.getByText(/Demo moderator.* asks for this/)).toBeVisible()
  await expect(lead.getByRole('link', { name: 'Bulk run: 400 wait for approval' })).toBeVisible()
  await checkAccessibility(lead)
  await startRun(lead, /^Approve: Mute 400 accounts in one-to-one chats until/)
  await expectStatus(lead, 'running')
  await lead.getByRole('button', { name: 'Pause' }).click()
  await expectStatus(lead, 'paused')

  const viewer = await openOther('viewer')
  await viewer.goto('/bulk-mutes')
  await expect(viewer.getByRole('link', { name: 'New run' })).toHaveCount(0)
  await viewer.locator(`tr[data-bulk-id="${bulkId}"]`).getByRole('link').click()
  await expect(viewer.getByText(/^Paused by .*Demo lead/)).toBeVisible()
  await expect(viewer.getByRole('main').getByRole('button')).toHaveCount(0)

  await page.goto(`/bulk-mutes/${bulkId}`)
  await page.getByRole('button', { name: 'Go on' }).click()
  await expectStatus(page, 'running')
  await page.getByRole('button', { name: 'Cancel the run' }).click()
  await expect(page.getByRole('dialog')).toContainText('done stay done')
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' }).click()
  await expectStatus(page, 'cancelled')
  await emulator.setLatency(0)
  await page.getByRole('radio', { name: /^Left out · \d+$/ }).check()
  await expect(items(page).first()).toContainText('The run was cancelled before')
})

test('an undo gives back what held, and lists who was changed since', async ({ page, signIn, emulator }) => {
  test.slow()
  await signIn('moderator')
  const ids = await addAccounts(emulator, 5)
  const bulkId = await finishRun(page, ids)
  const changed = ids[3] ?? ''
  const { data }: { data: MuteMatrixDto } = await (await page.request.get(`/api/mutes/sg/${changed}`)).json()
  const lifted = await call(page, 'liftMuteAction', {
    idempotencyKey: randomUUID(),
    connection: 'sg',
    userId: changed,
    scopes: ['one_to_one', 'all_groups'],
    basis: Object.fromEntries(data.states.map(({ scope, version }) => [scope, version])),
    reason: { category: 'mistake', text: 'Not one of them' },
  })
  expect(lifted.result).toMatchObject({ ok: true, data: { status: 'applied' } })

  // A notification that stands takes the key first: what it offers is taken back, and nothing of the run.
  const [other = ''] = await addAccounts(emulator, 1)
  await openAccount(page, { id: other })
  await compose(page, { preset: '24 h' })
  await submit(page, /^Mute /).click()
  // Under the pointer it stands for as long as it takes to get there.
  await toast(page, /^Muted /).hover()
  await page.getByRole('link', { name: 'Bulk', exact: true }).press('Enter')
  await page.locator(`tr[data-bulk-id="${bulkId}"]`).getByRole('link').press('Enter')
  await expect(page.getByRole('button', { name: 'Undo all (5)' })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(toast(page, /^(Lifted|Restored)/)).toBeVisible()
  expect(await emulator.mutes(other)).toMatchObject({ oneToOne: null, allGroups: null })
  await expect(page).toHaveURL(`/bulk-mutes/${bulkId}`)

  await page.goto(`/bulk-mutes/${bulkId}`)
  await expect(page.getByRole('button', { name: 'Undo all (5)' })).toBeVisible()
  await expect(async () => {
    await page.keyboard.press('Control+z')
    await expect(page).not.toHaveURL(new RegExp(bulkId), { timeout: 2_000 })
  }).toPass()
  await expectStatus(page, 'previewed')
  await page.getByRole('radio', { name: 'Changed since by somebody else · 1' }).check()
  await expect(items(page)).toHaveAttribute('data-account-id', changed)
  await startRun(page, /^Give 4 accounts back what held before/)
  await expectStatus(page, 'done')
  await expect(page.getByText('4 done · 1 left out')).toBeVisible()
  for (const id of ids) expect(await emulator.mutes(id)).toMatchObject({ oneToOne: null, allGroups: null })
  await page.getByRole('link', { name: 'an earlier run' }).click()
  await expect(page).toHaveURL(`/bulk-mutes/${bulkId}`)
  await expect(page.getByRole('link', { name: 'run 1' })).toBeVisible()
})
