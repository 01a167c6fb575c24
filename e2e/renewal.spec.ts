import { randomBytes } from 'node:crypto'
import { expect, type Page, test } from '@playwright/test'
import { encodePath } from '../lib/read'
import { submit } from './account-page'
import { type Demo, startDemo } from './demo/start'
import { createEmulatorControl } from './emulator/control'
import { openSession } from './fixtures'

test.describe.configure({ timeout: 300_000 })

/** A console of its own, as its clock is another than that of the other tests. */
let demo: Demo
test.beforeEach(async () => {
  demo = await startDemo({ isEphemeral: true, port: 0, mayBuild: false })
})
test.afterEach(() => demo.stop())

const daySeconds = 86_400
const member = (page: Page) => page.locator('li[data-scope="group"]')

test('a mute of 70 days in a ZEGO group is renewed before its provider lets go of it, also after a restart', async ({
  page,
  context,
}) => {
  const emulator = createEmulatorControl(demo.emulatorUrl)
  const rest = randomBytes(6).toString('hex')
  const [user, room] = [`zego_${rest}`, `#room&${rest}`]
  const members = [{ id: user, role: 3 as const }]
  await emulator.seed({ zego: { users: [{ id: user }], groups: [{ id: room, members }] } })
  const heldUntil = async () => Number((await emulator.zegoGroup(room)).members[0]?.until)
  const address = `${demo.consoleUrl}/groups${encodePath('zim', room)}?member=${user}`
  await context.addCookies((await openSession(demo, 'moderator')).cookies)

  await page.goto(address)
  const form = page.getByRole('form')
  await expect(async () => {
    await page.getByRole('button', { name: /^Mute…/ }).click({ timeout: 2_000 })
    await expect(form).toBeVisible({ timeout: 2_000 })
  }).toPass()
  await form.getByRole('radio', { name: /^Custom/ }).check()
  await form.getByLabel('Length', { exact: true }).fill('70d')
  await form.getByRole('radio', { name: 'Spam', exact: true }).check()
  await submit(page, /^Mute /).click()
  const note = member(page).getByText('the console renews it, next on')
  await expect(note).toBeVisible()
  const noted = (await note.textContent()) ?? ''
  const first = await heldUntil()

  expect(await demo.stopConsole()).toBe('ended with code 0')
  const ahead = 29.5 * daySeconds
  await emulator.advanceClock(ahead)
  demo.env.CLOCK_AHEAD_SECONDS = String(ahead)
  await demo.startConsole()
  await expect.poll(heldUntil, { timeout: 60_000 }).toBeGreaterThan(first)
  expect(Math.abs((await heldUntil()) - Date.now() - (ahead + 30 * daySeconds) * 1_000)).toBeLessThan(120_000)
  await page.goto(address)
  await expect(member(page)).toHaveAttribute('data-state', 'muted')
  await expect(member(page).getByRole('timer')).toContainText(/^40 d/)
  await expect(note).not.toHaveText(noted)
  await expect(page.getByText(/^Renewed by the console/).first()).toBeVisible()
})
