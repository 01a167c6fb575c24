import { row, submit } from './account-page'
import { expect, test } from './fixtures'
import { composeHere, groupRow, memberRow, openGroup } from './group-page'

test('on a phone: nothing is cut off on either page, and a member is muted', async ({
  page,
  signIn,
  newGroup,
  emulator,
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
  const [ann = '', ben = ''] = group.members.map(({ id }) => id)
  await emulator.putGroup({ group: group.id, members: [{ id: ben, muted: 600 }] })
  await openGroup(page, group)
  // The words of a drift leave the name its place, and are still there for whoever cannot see the icon.
  const drifted = memberRow(page, ben)
  await expect(drifted).toContainText('Changed outside this console')
  const widthOf = async (text: string) => (await drifted.getByText(text).first().boundingBox())?.width ?? 0
  expect(await widthOf(`The ${ben}`)).toBeGreaterThan(120)
  expect(await widthOf('Changed outside this console')).toBeLessThan(2)
  // The panel opens below the list: whoever taps a member is led there, and so is a second tap.
  const heading = page.getByRole('heading', { name: new RegExp(`Member .*${ann}`) })
  for (const _ of ['first tap', 'second tap']) {
    await memberRow(page, ann).getByRole('button').click()
    await expect(heading).toBeInViewport()
    await expect(heading).toBeFocused()
  }
  await expect(page.getByRole('link', { name: "The account's own page" })).toHaveAttribute(
    'href',
    `/accounts/sg/${ann}`,
  )
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
