import { randomBytes } from 'node:crypto'
import { encodePath } from '../lib/read'
import { submit } from './account-page'
import { expect, test } from './fixtures'

test('a ZEGO group: roles are muted, the list is changed with before and after, undone, and replaced by everybody', async ({
  page,
  signIn,
  emulator,
  checkAccessibility,
}) => {
  test.slow()
  await signIn('moderator')
  const rest = randomBytes(6).toString('hex')
  const room = `#roles&${rest}`
  const members = [
    { id: `host_${rest}`, role: 1 },
    { id: `dj_${rest}`, role: 101 },
    { id: `guest_${rest}`, role: 3 },
  ]
  await emulator.seed({ zego: { users: members.map(({ id }) => ({ id })), groups: [{ id: room, members }] } })
  const mutedRoles = async () => (await emulator.zegoGroup(room)).roles.roles
  const row = page.locator('li[data-scope="roles"]')
  const form = page.getByRole('form')
  const role = (name: string) => form.getByRole('checkbox', { name, exact: true })
  const preview = form.getByLabel('What changes')

  await page.goto(`/groups${encodePath('zim', room)}`)
  await expect(row).toHaveAttribute('data-state', 'none')
  await expect(page.locator(`li[data-account-id="dj_${rest}"]`)).toBeVisible()
  await page.getByRole('button', { name: /^Mute…/ }).click()
  await form.getByRole('radio', { name: 'Roles', exact: true }).check()
  await form.getByRole('radio', { name: /^1 h/ }).check()
  await form.getByRole('radio', { name: 'Spam', exact: true }).check()
  await expect(role('Owner')).not.toBeChecked()
  await expect(submit(page, /^Mute /)).toHaveAttribute('aria-disabled', 'true')
  await expect(form).toContainText('Choose at least one role.')
  await expect(form).not.toContainText('nobody can write')
  await role('Member').check()
  await expect(form).toContainText('nobody can write')
  await expect(preview).toContainText(/Roles\s*not muted\s*→\s*until .+ \(Member\)/)
  await submit(page, /^Mute /).click()
  await expect(row).toHaveAttribute('data-state', 'muted')
  await expect(row).toContainText('Member')
  await expect(row).toContainText('verified')
  expect(await mutedRoles()).toEqual([3])

  // It closes by itself, a moment after the row has changed.
  await expect(form).toHaveCount(0)
  await page.getByRole('button', { name: /^Change…/ }).click()
  await expect(form.getByRole('radio', { name: 'Roles', exact: true })).toBeChecked()
  await expect(role('Member')).toBeChecked()
  await role('Role 101').check()
  await form.getByLabel('Other roles').fill('120, 2')
  await form.getByRole('radio', { name: 'Spam', exact: true }).check()
  await expect(preview).toContainText(/\(Member\)\s*→\s*until .+ \(Admin, Member, Role 101, Role 120\)/)
  await page.setViewportSize({ width: 390, height: 844 })
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow, 'the form is wider than the screen').toBeLessThanOrEqual(0)
  await checkAccessibility(page)
  await submit(page, /^Replace /).click()
  await expect(row).toContainText('Admin, Member, Role 101, Role 120')
  expect((await mutedRoles()).toSorted((a, b) => a - b)).toEqual([2, 3, 101, 120])
  const entry = page.locator('[data-command-id]').first()
  await expect(entry).toContainText(/\(Member\)\s*→\s*until .+ \(Admin, Member, Role 101, Role 120\)/)

  await entry.getByRole('button', { name: /^Undo/ }).click()
  await expect(row).not.toContainText('Admin')
  expect(await mutedRoles()).toEqual([3])

  await page.getByRole('button', { name: /^Change…/ }).click()
  await form.getByRole('radio', { name: 'Everybody', exact: true }).check()
  await form.getByRole('radio', { name: 'Spam', exact: true }).check()
  await expect(preview).toContainText(/Roles\s*until .+ \(Member\)\s*→\s*not muted/)
  await expect(preview).toContainText(/Everybody\s*not muted\s*→\s*until/)
  await submit(page, /^Replace /).click()
  await expect(page.locator('li[data-scope="everyone"]')).toHaveAttribute('data-state', 'muted')
  await expect(row).toHaveAttribute('data-state', 'none')
  expect(await mutedRoles()).toEqual([])

  await page.goto(`/mutes?scope=everyone&groupId=${encodeURIComponent(room)}`)
  await expect(page.getByRole('row')).toHaveCount(2)
  await emulator.putZegoGroup({ group: room, roles: { roles: [101], muted: 'forever' } })
  await page.goto(`/groups${encodePath('zim', room)}`)
  await expect(row).toHaveAttribute('data-state', 'drift')
  await expect(row.getByRole('button')).toHaveCount(1)
  await row.getByRole('button', { name: /^Accept/ }).click()
  await expect(row).toHaveAttribute('data-state', 'muted')
  await page.goto(`/mutes?scope=roles&groupId=${encodeURIComponent(room)}`)
  await expect(page.getByRole('row').last()).toContainText('Role 101')
})
