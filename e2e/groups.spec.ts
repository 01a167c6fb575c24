import { pressUntil, restOf, row, submit, toast } from './account-page'
import { expect, test } from './fixtures'
import { composeHere, groupRow, memberRow, members, openGroup, tabTo } from './group-page'

test('the groups of all connections are listed by themselves, and found by a part of the name', async ({
  page,
  signIn,
}) => {
  await signIn('viewer')
  await page.goto('/groups?q=拉面研究')
  // The list goes on in the page that is open, and comes to its end.
  await expect(groupRow(page, '@TGS#2NOODLES01')).toBeVisible({ timeout: 60_000 })
  await page.goto('/groups')
  await expect(page.locator('[data-sync]')).toHaveCount(0, { timeout: 60_000 })
  const found = page.getByRole('list', { name: 'Groups found' }).getByRole('listitem')
  await expect(found.first()).toContainText('World Plaza')
  await page.getByRole('searchbox').fill('お絵描き')
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(page).toHaveURL(/q=/)
  await expect(found).toHaveCount(1)
  await expect(found).toContainText('お絵描き練習会')
})

test('a member is muted for an hour, the rest ticks, and undo takes it back', async ({
  page,
  signIn,
  newGroup,
  emulator,
}) => {
  await signIn('moderator')
  const group = await newGroup()
  const [ann] = group.members.map(({ id }) => id)
  if (!ann) throw new Error('a group without members')
  // Known to the provider alone: the exact id is asked for at once.
  await page.goto(`/groups?q=${encodeURIComponent(group.id)}`)
  await groupRow(page, group.id).getByRole('link').click()
  await expect(page).toHaveURL(/\/groups\/sg\//)
  await memberRow(page, ann).getByRole('button').click()
  await expect(page).toHaveURL(new RegExp(`member=${ann}`))
  await expect(row(page, 'group')).toHaveAttribute('data-state', 'none')

  await composeHere(page, '1 h')
  await expect(page.getByRole('form')).toContainText(`${ann} cannot write in this group until`)
  await submit(page, /^Mute .* for 1 h$/).click()
  await expect(toast(page, /^Muted /)).toBeVisible()
  await expect(row(page, 'group')).toHaveAttribute('data-state', 'muted')
  await expect(row(page, 'group')).toContainText('verified')
  await expect(memberRow(page, ann)).toHaveAttribute('data-state', 'muted')
  await expect(memberRow(page, ann).getByRole('timer')).toBeVisible()
  const first = await restOf(page, 'group')
  expect(first).toBeGreaterThan(3_500)
  await expect.poll(() => restOf(page, 'group')).toBeLessThan(first)

  // The account's own page tells of it, with the way to the group by its name.
  await page.goto(`/accounts/sg/${ann}`)
  const history = page.getByRole('region', { name: 'History' })
  await expect(history.getByRole('link', { name: new RegExp(group.name) })).toBeVisible()
  await history.getByRole('link', { name: new RegExp(group.name) }).click()
  await expect(page.locator(`header[data-group-id="${group.id}"]`)).toBeVisible()
  await memberRow(page, ann).getByRole('button').click()
  await page
    .getByRole('button', { name: /^Undo the change/ })
    .first()
    .click()
  await expect(row(page, 'group')).toHaveAttribute('data-state', 'none')
  await expect(memberRow(page, ann)).not.toHaveAttribute('data-state', 'muted')
  const state = await emulator.group(group.id)
  expect(state.members.every(({ until }) => until === null)).toBe(true)
})

test('a Work group explains that its members cannot be muted', async ({ page, signIn, newGroup }) => {
  await signIn('moderator')
  const group = await newGroup({ type: 'Private' })
  await openGroup(page, group)
  await memberRow(page, group.members[0]?.id ?? '')
    .getByRole('button')
    .click()
  await expect(page.locator('[data-capability="none"]')).toContainText(
    'Members of a Work group cannot be muted',
  )
  await expect(page.getByRole('button', { name: /^Mute…/ })).toHaveCount(0)
})

test('a live room shows its muted, and says why nobody else', async ({
  page,
  signIn,
  newGroup,
  emulator,
}) => {
  await signIn('moderator')
  const group = await newGroup({ type: 'AVChatRoom' })
  const [ann = '', ben = ''] = group.members.map(({ id }) => id)
  await emulator.putGroup({ group: group.id, members: [{ id: ben, muted: 600 }] })
  await openGroup(page, group)
  await expect(members(page)).toContainText('The provider does not list the members')
  await expect(memberRow(page, ben)).toContainText(`The ${ben}`)
  await expect(memberRow(page, ann)).toHaveCount(0)
  // Whoever is not in the list is reached by id.
  await page.getByLabel('Go to a member by user id').fill(ann)
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(row(page, 'group')).toHaveAttribute('data-state', 'none')
})

test('the list can be narrowed to the muted, in the group and in a topic', async ({
  page,
  signIn,
  newGroup,
  emulator,
}) => {
  await signIn('viewer')
  const group = await newGroup({ type: 'Community', topics: [] })
  const [ann = '', ben = '', cho = ''] = group.members.map(({ id }) => id)
  const topic = `${group.id}@TOPIC#_news`
  await emulator.seed({ groups: [{ ...group, topics: [{ id: topic, name: 'News' }] }] })
  await emulator.putGroup({
    group: group.id,
    members: [{ id: ben, muted: 600 }],
    topics: [{ id: topic, members: [{ id: cho, muted: 'forever' }] }],
  })
  await openGroup(page, group)
  await expect(memberRow(page, ann)).toBeVisible()
  // A page that has not come alive yet hears of nothing.
  await expect(async () => {
    await page.getByLabel('Muted only').check({ timeout: 2_000 })
    await expect(page).toHaveURL(/muted=true/, { timeout: 2_000 })
  }).toPass()
  await expect(memberRow(page, ben)).toBeVisible()
  await expect(memberRow(page, ann)).toHaveCount(0)
  await page.getByLabel('Topic').selectOption(topic)
  await expect(memberRow(page, cho)).toBeVisible()
  await expect(memberRow(page, ben)).toHaveCount(0)
})

test('a mute of a member that was changed elsewhere is set again, and then accepted; roles cannot be muted here', async ({
  page,
  signIn,
  newGroup,
  emulator,
}) => {
  await signIn('moderator')
  const group = await newGroup()
  const ann = group.members[0]?.id ?? ''
  const change = (muted: number | null) =>
    emulator.putGroup({ group: group.id, members: [{ id: ann, muted }] })
  const held = async () => (await emulator.group(group.id)).members.find(({ id }) => id === ann)?.until
  await openGroup(page, group)
  await expect(page.getByText('This provider has no mute of roles')).toBeVisible()
  await memberRow(page, ann).getByRole('button').click()
  await composeHere(page, '1 h')
  await submit(page, /^Mute .* for 1 h$/).click()
  await expect(row(page, 'group')).toHaveAttribute('data-state', 'muted')

  const decide = async (name: RegExp) => {
    await page.getByRole('button', { name: 'Refresh' }).click()
    await expect(row(page, 'group')).toHaveAttribute('data-state', 'drift')
    await row(page, 'group').getByRole('button', { name }).click()
    await expect(row(page, 'group')).toHaveAttribute('data-state', 'muted')
  }
  await change(null)
  await decide(/^Set again/)
  expect(Number(await held())).toBeGreaterThan(Date.now() + 3_400_000)
  await change(7_200)
  await decide(/^Accept: muted until/)
  await expect.poll(() => restOf(page, 'group')).toBeGreaterThan(7_000)
})

test('by keyboard alone: find a group, open it, mute a member, undo', async ({
  page,
  signIn,
  newGroup,
  emulator,
}) => {
  test.slow()
  await signIn('moderator')
  const group = await newGroup()
  const ann = group.members[0]?.id ?? ''
  await page.goto('/groups')
  await tabTo(page, page.getByRole('searchbox'))
  await page.keyboard.type(group.id)
  await page.keyboard.press('Enter')
  await tabTo(page, groupRow(page, group.id).getByRole('link'))
  await pressUntil(page, 'Enter', () => expect(page).toHaveURL(/\/groups\/sg\//, { timeout: 3_000 }))
  await tabTo(page, memberRow(page, ann).getByRole('button'))
  await pressUntil(page, 'Enter', () => expect(page).toHaveURL(/member=/, { timeout: 1_000 }))
  await expect(row(page, 'group')).toHaveAttribute('data-state', 'none')
  const form = page.getByRole('form')
  await pressUntil(page, 'm', () => expect(form).toBeVisible({ timeout: 500 }))
  await page.keyboard.press('1')
  await expect(form.getByRole('radio', { name: /^10 min/ })).toBeChecked()
  await tabTo(page, form.getByRole('radio', { name: 'Spam', exact: true }))
  await page.keyboard.press('Space')
  await tabTo(page, form.getByRole('button', { name: /^Mute .* for 10 min$/ }))
  await page.keyboard.press('Enter')
  await expect(row(page, 'group')).toHaveAttribute('data-state', 'muted')
  await expect(form).toHaveCount(0)
  await page.keyboard.press('ControlOrMeta+z')
  await expect(row(page, 'group')).toHaveAttribute('data-state', 'none')
  expect((await emulator.group(group.id)).members.every(({ until }) => until === null)).toBe(true)
})

test('a group of 10 000 members scrolls: few rows are in the document, and more come at its end', async ({
  page,
  signIn,
}) => {
  await signIn('viewer')
  await openGroup(page, { id: '@TGS#2PLAZA0001' })
  await expect(members(page)).toContainText('10,000')
  const rows = members(page).locator('li[data-account-id]')
  await expect(rows.first()).toBeVisible()
  const jumpToEnd = () =>
    members(page)
      .getByRole('group')
      .evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight))
  await expect(async () => {
    await jumpToEnd()
    expect(Number(await rows.last().getAttribute('aria-posinset'))).toBeGreaterThan(450)
  }).toPass()
  expect(await rows.count()).toBeLessThan(80)
  await expect(rows.last()).toHaveAttribute('aria-setsize', '10000')
})
