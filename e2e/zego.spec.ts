import { randomBytes } from 'node:crypto'
import type { Page } from '@playwright/test'
import { encodePath } from '../lib/read'
import { submit, toast } from './account-page'
import { expectStatus, items, openPreview, startRun } from './bulk-page'
import type { EmulatorControl } from './emulator/control'
import { expect, test } from './fixtures'

const group = (page: Page) => page.locator('li[data-scope="group"]')
const everyone = (page: Page) => page.locator('li[data-scope="everyone"]')
const joined = (page: Page, id: string) => page.locator(`li[data-group-id="${id}"]`)

/** A person in two groups, of which the first has an owner of its own. */
async function seed(emulator: EmulatorControl) {
  const rest = randomBytes(6).toString('hex')
  const [user, owner, room, other] = [`zego_${rest}`, `owner_${rest}`, `#room&${rest}`, `#other&${rest}`]
  await emulator.seed({
    zego: {
      users: [
        { id: user, name: `Guest ${rest}`, session: 'Online' },
        { id: owner, name: `Host ${rest}` },
      ],
      groups: [
        {
          id: room,
          name: `Room ${rest}`,
          members: [
            { id: owner, role: 1 },
            { id: user, role: 3 },
          ],
        },
        { id: other, name: `Other ${rest}`, members: [{ id: user, role: 3 }] },
      ],
    },
  })
  return { user, owner, room, other }
}

const groupPath = (id: string, member?: string) =>
  `/groups${encodePath('zim', id)}${member === undefined ? '' : `?member=${member}`}`

async function compose(page: Page, preset: RegExp) {
  await page.getByRole('button', { name: /^Mute…/ }).click()
  const form = page.getByRole('form')
  await form.getByRole('radio', { name: preset }).check()
  await form.getByRole('radio', { name: 'Spam', exact: true }).check()
  return form
}

test('a ZEGO account is found, explained, muted in one of its groups, and the mute undone', async ({
  page,
  signIn,
  emulator,
  checkAccessibility,
}) => {
  test.slow()
  await signIn('moderator')
  const { user, room, other } = await seed(emulator)
  await page.goto(`/accounts?q=${user}`)
  const result = page.locator(`[data-connection=zim][data-account-id="${user}"]`)
  await expect(result).toContainText('Party rooms (ZEGO)')
  await expect(result.locator('[data-scope]')).toHaveCount(0)
  await result.getByRole('link').click()

  await expect(page.getByText('ZEGO ZIM has no mute for a whole account')).toBeVisible()
  await expect(page.getByText(`No mute of ${user} is known`)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Mute…/ })).toHaveCount(0)
  await expect(joined(page, other)).toBeVisible()
  await checkAccessibility(page)
  await joined(page, room).getByRole('link').click()

  await expect(page).toHaveURL(groupPath(room, user))
  await expect(page.getByText('This provider does not tell who is muted.')).toBeVisible()
  await expect(group(page)).toHaveAttribute('data-state', 'untold')
  await expect(page.getByRole('button', { name: /^Lift…/ })).toBeVisible()
  const form = await compose(page, /^1 h/)
  await expect(form.getByRole('radio', { name: /^7 d/ })).toBeVisible()
  await submit(page, /^Mute /).click()
  await expect(toast(page, /^Muted /)).toContainText('cannot be read back')
  await expect(group(page)).toHaveAttribute('data-state', 'muted')
  await expect(group(page)).toContainText('not read back')
  await expect(page.locator(`li[data-account-id="${user}"]`)).toHaveAttribute('data-state', 'muted')
  await checkAccessibility(page)
  const mutedInRoom = async () =>
    (await emulator.zegoGroup(room)).members.find(({ id }) => id === user)?.until ?? null
  expect(await mutedInRoom()).not.toBeNull()

  await page.goto(`/accounts/zim/${user}`)
  await expect(page.getByText(`${user} cannot write in 1 group`)).toBeVisible()
  await expect(joined(page, room).getByRole('timer')).toContainText(/59 m|1 h 00 m/)
  await page.getByRole('button', { name: /^Undo/ }).first().click()
  await expect(joined(page, room)).toHaveAttribute('data-state', 'untold')
  await expect(page.getByText(`No mute of ${user} is known`)).toBeVisible()
  expect(await mutedInRoom()).toBeNull()
  expect((await emulator.violations()).list).toEqual([])
})

test('everybody in a ZEGO group is muted for an hour, with an end that ticks', async ({
  page,
  signIn,
  emulator,
}) => {
  await signIn('moderator')
  const { room } = await seed(emulator)
  await page.goto(groupPath(room))
  await expect(everyone(page)).toHaveAttribute('data-state', 'none')
  await compose(page, /^1 h/)
  await submit(page, /^Mute /).click()
  await expect(everyone(page)).toHaveAttribute('data-state', 'muted')
  await expect(everyone(page)).toContainText('verified')
  const timer = everyone(page).getByRole('timer')
  await expect(timer).toContainText(/59 m/)
  const before = (await timer.textContent()) ?? ''
  await expect(timer).not.toHaveText(before)
  expect(typeof (await emulator.zegoGroup(room)).everyone).toBe('number')
})

test('the owner of a ZEGO group cannot be muted: the provider’s code, and what to do', async ({
  page,
  signIn,
  emulator,
}) => {
  await signIn('moderator')
  const { owner, room } = await seed(emulator)
  await page.goto(groupPath(room, owner))
  await expect(group(page)).toHaveAttribute('data-state', 'untold')
  const form = await compose(page, /^1 h/)
  await submit(page, /^Mute /).click()
  await expect(form).toContainText('did not take effect')
  await expect(form).toContainText('660600032')
  await expect(form).toContainText('make the operator account of this connection an admin')
  await expect(group(page)).toHaveAttribute('data-state', 'untold')
})

test('beyond thirty days the composer says that the console renews the mute, and the mute says when', async ({
  page,
  signIn,
  emulator,
  checkAccessibility,
}) => {
  await signIn('moderator')
  const { user, room } = await seed(emulator)
  await page.goto(groupPath(room, user))
  const form = await compose(page, /^Custom/)
  const length = form.getByLabel('Length', { exact: true })
  const note = form.getByText('The provider holds a mute for 30 d at most: the console renews it')
  await length.fill('30d')
  await expect(submit(page, / for 30 d$/)).toBeVisible()
  await expect(note).toHaveCount(0)
  await length.fill('70d')
  await expect(note).toBeVisible()
  await checkAccessibility(page)
  await submit(page, /^Mute /).click()
  await expect(group(page)).toHaveAttribute('data-state', 'muted')
  await expect(group(page)).toContainText('the console renews it, next on')
  await expect(group(page).getByRole('timer')).toContainText(/69 d|70 d/)
  const { members } = await emulator.zegoGroup(room)
  const heldUntil = Number(members.find(({ id }) => id === user)?.until)
  expect(Math.abs(heldUntil - Date.now() - 30 * 86_400_000)).toBeLessThan(60_000)
  await checkAccessibility(page)
})

test('of 20 members of a ZEGO group, muted with one call, the 3 who have left are told of by themselves', async ({
  page,
  signIn,
  emulator,
}) => {
  test.slow()
  await signIn('moderator')
  const room = `#bulk&${randomBytes(4).toString('hex')}`
  const ids = Array.from({ length: 20 }, (_, index) => `z${room.slice(6)}_${String(index).padStart(2, '0')}`)
  const leaving = [ids[3], ids[7], ids[19]].map((id) => id ?? '')
  await emulator.seed({
    zego: {
      users: ids.map((id) => ({ id })),
      groups: [{ id: room, members: ids.map((id) => ({ id, role: 3 })) }],
    },
  })
  await openPreview(page, ids, { connection: 'zim', groupId: room })
  await emulator.putZegoGroup({ group: room, members: leaving.map((id) => ({ id, isMember: false })) })
  await startRun(page, /^Mute 20 /)
  await expectStatus(page, 'done')
  await expect(page.getByText('17 done · 3 failed')).toBeVisible()
  for (const [index, id] of leaving.entries()) {
    await expect(items(page).nth(index)).toHaveAttribute('data-account-id', id)
    await expect(items(page).nth(index)).toHaveAttribute('data-state', 'rejected')
  }
  const { members } = await emulator.zegoGroup(room)
  expect(members.flatMap(({ id, until }) => (typeof until === 'number' ? [id] : [])).sort()).toEqual(
    ids.filter((id) => !leaving.includes(id)),
  )
  expect((await emulator.violations()).list).toEqual([])
})

test("ZEGO's account and group pages fit a phone in each language, and axe finds nothing", async ({
  page,
  signIn,
  speak,
  emulator,
  checkAccessibility,
}) => {
  test.slow()
  await page.setViewportSize({ width: 390, height: 844 })
  await signIn('viewer')
  const { user, room } = await seed(emulator)
  const paths = [`/accounts/zim/${user}`, groupPath(room, user)]
  for (const [locale, words] of [
    ['en', ['has no mute for a whole account', 'No mute known']],
    ['zh-CN', ['不能对整个账号禁言', '未发现禁言']],
    ['ja', ['アカウント全体のミュートがありません', 'ミュートの記録なし']],
  ] as const) {
    await speak(locale)
    for (const [index, path] of paths.entries()) {
      await test.step(`${locale}: ${path}`, async () => {
        await page.goto(path)
        await expect(page.getByText(words[index] ?? '').first()).toBeVisible()
        await expect(index === 0 ? joined(page, room) : group(page)).toBeVisible()
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect(overflow, `${path} is wider than the screen`).toBeLessThanOrEqual(0)
        await checkAccessibility(page)
      })
    }
  }
})
