import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { toast } from './account-page'
import { expectStatus, items, makeRun, openPreview, startRun } from './bulk-page'
import { expect, test } from './fixtures'
import { actionCases } from './forged/action-cases'
import { callAction, cookieHeader } from './server-actions'

// It stops and starts the console, and then waits until no other instance may still have the connection.
test.describe.configure({ timeout: 300_000 })

test('what a connection leaves without an outcome is shown when it was taken out, and closed by a person', async ({
  demo,
  context,
  page,
  signIn,
  speak,
  newAccount,
  newGroup,
  emulator,
  checkAccessibility,
}) => {
  await signIn('moderator')
  const { id } = await newAccount()
  const group = await newGroup()
  const members = group.members.map((member) => member.id)
  const waiting = await makeRun(page, members, { groupId: group.id })
  const bulkId = await openPreview(page, members, { groupId: group.id })
  await emulator.addFaults(
    { kind: 'delay', ms: 60_000, when: 'before-applying', api: 'forbid_send_msg' },
    { kind: 'code', code: 60010, api: 'get_group_muted_account', times: 'always' },
  )
  await startRun(page, /^Mute 3 accounts/)
  await expect(page.getByText('3 being sent')).toBeVisible()
  const cookie = cookieHeader(await context.cookies())
  const target = { connection: 'sg', userId: id, commandId: randomUUID() }
  await emulator.addFaults({ kind: 'delay', ms: 60_000, when: 'before-applying', api: 'setnospeaking' })
  const wish = actionCases.applyMuteAction?.valid(target)
  const told = callAction(demo.consoleUrl, cookie, 'applyMuteAction', wish)
  const arrived = async () => (await emulator.calls()).filter(({ api }) => api === 'setnospeaking').length
  await expect.poll(arrived).toBe(1)
  // From now on nobody can tell what holds.
  await emulator.addFaults({ kind: 'code', code: 60010, api: 'getnospeaking', times: 'always' })
  expect((await told).result).toMatchObject({ ok: true, data: { status: 'unknown' } })

  await page.goto('about:blank')
  expect(await demo.stopConsole()).toBe('ended with code 0')
  const file = String(demo.env.CONNECTIONS_FILE)
  const connections: { key: string }[] = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify(connections.filter(({ key }) => key !== 'sg')))
  await demo.startConsole()

  await page.setViewportSize({ width: 390, height: 800 })
  const look = async () => {
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
    await checkAccessibility(page)
  }
  for (const [locale, theme, title, open] of [
    ['ja', 'dark', '設定から外された接続：sg', '接続が外されたとき、3 件の変更が送信中でした'],
    ['zh-CN', 'light', '已不再配置：sg', '连接被移除时，有 3 项更改正在途中'],
    ['en', 'dark', 'No longer configured: sg', '3 changes were on the way when the connection was taken out'],
  ] as const) {
    await speak(locale, theme)
    await page.goto('/mutes')
    await expect(page.getByText(title)).toBeVisible()
    await expect(page.getByRole('listitem').filter({ hasText: id })).toBeVisible()
    await look()
    await page.goto(`/bulk-mutes/${bulkId}`)
    await expect(page.getByText(open)).toBeVisible()
    await look()
  }
  await expect(page.locator('[data-bulk-id][data-status=paused]')).toBeVisible({ timeout: 120_000 })
  await look()
  await expect(page.getByText('Paused: the connection sg is no longer configured')).toBeVisible()
  // It would only be paused again.
  await expect(page.getByRole('button', { name: 'Go on' })).toHaveCount(0)
  await page.goto(`/bulk-mutes/${waiting}`)
  await expect(page.getByText('The connection sg is no longer configured')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Mute 3 accounts/ })).toHaveCount(0)

  await page.goto(`/bulk-mutes/${bulkId}`)
  await page.getByRole('link', { name: 'To “Mutes”, where they are closed' }).click()
  const panel = page.getByText('No longer configured: sg')
  await expect(panel).toBeVisible()
  // For some seconds another instance could still be sending it.
  await expect(async () => {
    if (await panel.isVisible()) {
      await page.getByRole('button', { name: 'Close without an outcome' }).click({ timeout: 2_000 })
      await page.getByRole('dialog').getByRole('button', { name: 'Close without an outcome' }).click()
    }
    await expect(panel).toBeHidden({ timeout: 5_000 })
  }).toPass()
  await expect(toast(page, /^\d+ changes? (was|were) closed/)).toBeVisible()
  await page.goto(`/bulk-mutes/${bulkId}`)
  await expectStatus(page, 'paused')
  await expect(page.getByText('3 failed')).toBeVisible()
  await expect(items(page).first()).toHaveAttribute('data-state', 'rejected')
})
