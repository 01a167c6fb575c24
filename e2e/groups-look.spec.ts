import { row, submit } from './account-page'
import { expect, test } from './fixtures'
import { composeHere, groupRow, memberRow, openGroup } from './group-page'

test('on a phone: nothing is cut off on either page, and a member is muted', async ({
  page,
  signIn,
  newGroup,
  checkAccessibility,
}) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await signIn('moderator')
  const group = await newGroup({
    name: '\u202Egnp.exe 深夜拉面研究所 with a very long name that goes on and on',
  })
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await page.goto(`/groups?q=${encodeURIComponent(group.id)}`)
  await expect(groupRow(page, group.id)).toBeVisible()
  expect(await overflow()).toBe(0)
  await checkAccessibility(page)
  await openGroup(page, group)
  await memberRow(page, group.members[0]?.id ?? '')
    .getByRole('button')
    .click()
  await composeHere(page, '1 h')
  expect(await overflow()).toBe(0)
  await checkAccessibility(page)
  await submit(page, /^Mute /).click()
  await expect(row(page, 'group')).toHaveAttribute('data-state', 'muted')
})

test('in each language and theme both pages of groups are complete and axe finds nothing', async ({
  page,
  signIn,
  speak,
  newGroup,
  emulator,
  checkAccessibility,
}) => {
  test.slow()
  await signIn('moderator')
  const group = await newGroup()
  const [ann = '', ben = ''] = group.members.map(({ id }) => id)
  await emulator.putGroup({ group: group.id, members: [{ id: ben, muted: 600 }] })
  for (const [locale, theme, words] of [
    ['en', 'dark', { list: 'Groups', scope: 'In the group' }],
    ['zh-CN', 'light', { list: '群组', scope: '在群组中' }],
    ['ja', 'dark', { list: 'グループ', scope: 'グループ内' }],
  ] as const) {
    await test.step(`${locale}, ${theme}`, async () => {
      await speak(locale, theme)
      await page.goto(`/groups?q=${encodeURIComponent(group.id)}`)
      await expect(page.locator('html')).toHaveAttribute('lang', locale)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.list)
      await expect(groupRow(page, group.id)).toBeVisible()
      await checkAccessibility(page)
      await openGroup(page, group, `?member=${ann}&panel=mute`)
      await expect(page.getByRole('form')).toBeVisible()
      await expect(row(page, 'group')).toContainText(words.scope)
      await expect(page.locator(`li[data-account-id="${ben}"]`)).toHaveAttribute('data-state', 'drift')
      await checkAccessibility(page)
    })
  }
})
