import { expect, test } from './fixtures'
import { openGroup } from './group-page'

test('where providers cannot be asked for a group, nobody claims that there is none', async ({
  page,
  signIn,
  emulator,
}) => {
  await signIn('viewer')
  await emulator.addFaults({ kind: 'code', code: 70_402, api: 'get_group_info', times: 'always' })
  await page.goto('/groups?q=not-seen-here')
  const main = page.getByRole('main')
  await expect(
    page.getByRole('alert').filter({ hasText: 'Live app (Singapore) could not be asked' }),
  ).toContainText('still found among the groups seen before')
  await expect(main).toContainText('Not every provider could be asked')
  await expect(main).not.toContainText('know no such id')
  await emulator.clearFaults()
  await page.reload()
  await expect(main).toContainText('know no such id')
})

test('an address that names a member who cannot be says so at once, and leads to the group', async ({
  page,
  signIn,
  newGroup,
}) => {
  await signIn('moderator')
  const group = await newGroup()
  for (const [member, says] of [
    ['x'.repeat(33), 'An id has at most 32 bytes.'],
    ['é', 'An id has only Latin letters'],
  ] as const) {
    await openGroup(page, group, `?${new URLSearchParams({ member })}`)
    await expect(page.getByText('cannot be a user id')).toBeVisible()
    await expect(page.getByRole('main')).toContainText(says)
  }
  await page.getByRole('button', { name: 'The whole group' }).last().click()
  await expect(page.locator('li[data-scope="everyone"]')).toBeVisible()
  await expect(page).toHaveURL(/^[^?]*$/)
})

test('an address in a connection that there is not names it, and where else the group may be', async ({
  page,
  signIn,
  newGroup,
  checkAccessibility,
}) => {
  await signIn('viewer')
  const group = await newGroup()
  await page.goto(`/groups/mars/${encodeURIComponent(group.id)}`)
  await expect(page.getByText(/There is no connection “\W?mars\W?”/)).toBeVisible()
  await checkAccessibility(page)
  await page.getByRole('link', { name: 'Look in Live app (Singapore)' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(group.name ?? '')
})
