import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { toast } from './account-page'
import { expect, test } from './fixtures'
import { actionCases } from './forged/action-cases'
import { callAction, cookieHeader } from './server-actions'

// It stops and starts the console.
test.describe.configure({ timeout: 180_000 })

test('what a connection leaves without an outcome is shown when it was taken out, and closed by a person', async ({
  demo,
  context,
  page,
  signIn,
  speak,
  newAccount,
  emulator,
  checkAccessibility,
}) => {
  await signIn('moderator')
  const { id } = await newAccount()
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

  expect(await demo.stopConsole()).toBe('ended with code 0')
  const file = String(demo.env.CONNECTIONS_FILE)
  const connections: { key: string }[] = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify(connections.filter(({ key }) => key !== 'sg')))
  await demo.startConsole()

  await page.setViewportSize({ width: 390, height: 800 })
  for (const [locale, theme, title] of [
    ['ja', 'dark', '設定から外された接続：sg'],
    ['zh-CN', 'light', '已不再配置：sg'],
    ['en', 'dark', 'No longer configured: sg'],
  ] as const) {
    await speak(locale, theme)
    await page.goto('/mutes')
    await expect(page.getByText(title)).toBeVisible()
    await expect(page.getByRole('listitem').filter({ hasText: id })).toBeVisible()
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
    await checkAccessibility(page)
  }
  const panel = page.getByText('No longer configured: sg')
  // For some seconds another instance could still be sending it.
  await expect(async () => {
    if (await panel.isVisible()) {
      await page.getByRole('button', { name: 'Close without an outcome' }).click({ timeout: 2_000 })
      await page.getByRole('dialog').getByRole('button', { name: 'Close without an outcome' }).click()
    }
    await expect(panel).toBeHidden({ timeout: 5_000 })
  }).toPass()
  await expect(toast(page, /^1 change was closed/)).toBeVisible()
})
