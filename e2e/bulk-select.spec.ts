import type { Locator, Page } from '@playwright/test'
import { encodePath } from '../lib/read'
import { pressUntil } from './account-page'
import { counts, runOf, runUrl } from './bulk-collect-page'
import { expect, test } from './fixtures'
import { memberRow, members, openGroup, tabTo } from './group-page'

// The page of a run has tests of its own.
test.beforeEach(({ allowErrors }) => allowErrors(/404 .*\/bulk-mutes\/[0-9a-f-]{36}/))

const selectionBar = (page: Page) => page.getByRole('region', { name: 'Selection' })

/** Selects a first row; a press before the page has come alive is lost. */
async function begin(page: Page, box: Locator) {
  await expect(async () => {
    if (!(await selectionBar(page).isVisible())) await box.click()
    await expect(selectionBar(page)).toBeVisible({ timeout: 1_000 })
  }).toPass()
}

test('a range of members becomes a lift in the group; all members, by keyboard, a mute there', async ({
  page,
  signIn,
  newGroup,
}) => {
  test.slow()
  await signIn('moderator')
  const group = await newGroup()
  const [ann = '', ben = '', cho = ''] = group.members.map(({ id }) => id)
  await openGroup(page, group)
  const bar = selectionBar(page)
  await begin(page, memberRow(page, ann).getByRole('checkbox'))
  await memberRow(page, cho)
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] })
  await expect(bar).toContainText('3 selected')
  await memberRow(page, ben).getByRole('button').focus()
  await pressUntil(page, 'x', () => expect(bar).toContainText('2 selected', { timeout: 500 }))
  await tabTo(page, bar.getByRole('button', { name: 'Lift…' }))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/bulk-mutes/new')
  await expect(counts(page)).toHaveText('2 accounts')
  await expect(page.getByRole('radio', { name: 'Lift mutes' })).toBeChecked()
  await expect(page.getByText(`2 accounts can write in the group ${group.id} again`)).toBeVisible()

  await openGroup(page, group)
  await page.getByRole('button', { name: 'All members…' }).click()
  await expect(page).toHaveURL('/bulk-mutes/new')
  await expect(counts(page)).toHaveText(`${group.members.length + 1} accounts`)
  await tabTo(page, page.getByRole('radio', { name: 'Spam', exact: true }))
  await page.keyboard.press('Space')
  await tabTo(page, page.getByLabel('Explanation'))
  await page.keyboard.press('Control+Enter')
  await expect(page).toHaveURL(runUrl)
  const { run, userIds } = await runOf(page)
  expect(run).toMatchObject({ kind: 'mute', groupId: group.id, scopes: ['group'] })
  expect(userIds.toSorted()).toEqual([group.owner, ann, ben, cho].toSorted())
  await expect(members(page)).toHaveCount(0)
})

test('in the search what is selected is of one connection; mutes in force bring their place along', async ({
  page,
  signIn,
  newAccount,
  newGroup,
  emulator,
}) => {
  test.slow()
  await signIn('moderator')
  const bar = selectionBar(page)
  const [ann, ben] = await Promise.all([newAccount(), newAccount()])
  await page.goto('/accounts?q=lin88')
  const boxes = (connection: string) =>
    page.locator(`li[data-connection="${connection}"]`).getByRole('checkbox')
  await begin(page, boxes('zim').first())
  await expect(boxes('sg').first()).toBeDisabled()
  await expect(bar).toContainText('Only accounts of one connection at a time: Party rooms (ZEGO) now.')
  await bar.getByRole('button', { name: 'Mute…' }).click()
  await expect(page.getByRole('radio', { name: 'Everywhere' })).toBeDisabled()
  await expect(page.getByText('This provider has no mutes of whole accounts')).toBeVisible()

  await page.goto(`/accounts?q=${ann.id},${ben.id}`)
  const rows = page.locator(`li[data-select]`)
  await expect(rows).toHaveCount(2)
  await begin(page, rows.first().getByRole('checkbox'))
  await rows
    .last()
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] })
  await bar.getByRole('button', { name: 'Mute…' }).click()
  await expect(page).toHaveURL('/bulk-mutes/new')
  await expect(counts(page)).toHaveText('2 accounts')

  const group = await newGroup()
  const [cho = '', dan = ''] = group.members.map(({ id }) => id)
  await emulator.putGroup({ group: group.id, members: [cho, dan].map((id) => ({ id, muted: 600 })) })
  await page.request.get(`/api/groups${encodePath('sg', group.id)}/members?only=muted`)
  await page.goto(`/mutes?groupId=${encodeURIComponent(group.id)}`)
  const mutes = page.getByRole('table', { name: 'Mutes' }).getByRole('checkbox')
  await begin(page, mutes.first())
  await mutes.last().check()
  await bar.getByRole('button', { name: 'Lift…' }).click()
  await expect(page.getByText(`2 accounts can write in the group ${group.id} again`)).toBeVisible()
})
