import { encodePath } from '../lib/read'
import { row, submit, timer } from './account-page'
import { expect, test } from './fixtures'
import { composeHere, openGroup } from './group-page'

test('everybody is muted for an hour and lifted, and the log names the group', async ({
  page,
  browser,
  consoleUrl,
  signIn,
  newGroup,
  emulator,
  watch,
}) => {
  test.slow()
  await signIn('moderator')
  const group = await newGroup()
  await openGroup(page, group)
  const form = await composeHere(page, '1 h')
  await expect(form).toContainText('the console lifts it at that time')
  await submit(page, /^Mute .* for 1 h$/).click()
  await expect(row(page, 'everyone')).toHaveAttribute('data-state', 'muted')
  await expect(timer(page, 'everyone')).toContainText(/5\d m \d\d s/)
  await expect(row(page, 'everyone')).toContainText('the console lifts it then')
  expect((await emulator.group(group.id)).muteAll).toBe(true)

  await page.getByRole('button', { name: /^Lift…/ }).click()
  await page.getByRole('form').getByRole('radio', { name: 'Mistake', exact: true }).check()
  await submit(page, /^Let members write/).click()
  await expect(row(page, 'everyone')).toHaveAttribute('data-state', 'none')
  expect((await emulator.group(group.id)).muteAll).toBe(false)

  const context = await browser.newContext({ baseURL: consoleUrl })
  watch(context)
  await signIn('lead', { context })
  const log = await context.newPage()
  for (const [locale, words] of [
    ['en', `In the group ${group.id}`],
    ['zh-CN', `群组 ${group.id}`],
    ['ja', `グループ ${group.id}`],
  ] as const) {
    await context.addCookies([{ name: 'hushdesk.locale', value: locale, url: consoleUrl }])
    await log.goto('/audit?type=mute.applied')
    const told = log.locator('tr[data-event-type="mute.applied"]').filter({ hasText: words })
    await expect(told).toHaveCount(2)
    await expect(told.first().getByRole('link', { name: group.id })).toBeVisible()
  }
  await context.close()
})

test('a mute of everybody ends at its time, which the provider does not keep', async ({
  page,
  signIn,
  newGroup,
  emulator,
}) => {
  test.slow()
  await signIn('support')
  const group = await newGroup()
  await openGroup(page, group)
  const form = await composeHere(page, 'Custom')
  await form.getByLabel('Length', { exact: true }).fill('10s')
  await submit(page, /^Mute .* for 10 s$/).click()
  await expect(row(page, 'everyone')).toHaveAttribute('data-state', 'muted')
  expect((await emulator.group(group.id)).muteAll).toBe(true)
  await expect(page.getByRole('heading', { name: 'Ended at its time' })).toBeVisible({ timeout: 60_000 })
  await expect(row(page, 'everyone')).toHaveAttribute('data-state', /none|ended/)
  expect((await emulator.group(group.id)).muteAll).toBe(false)
})

test('a mute of everybody that cannot be lifted at its end is not said to be over', async ({
  page,
  signIn,
  newGroup,
  emulator,
}) => {
  test.slow()
  await signIn('moderator')
  const group = await newGroup()
  await openGroup(page, group)
  const form = await composeHere(page, 'Custom')
  await form.getByLabel('Length', { exact: true }).fill('7s')
  await submit(page, /^Mute .* for 7 s$/).click()
  await expect.poll(async () => (await emulator.group(group.id)).muteAll).toBe(true)
  await emulator.addFaults({
    kind: 'code',
    api: 'modify_group_base_info',
    group: group.id,
    code: 10007,
    times: 'always',
  })
  await expect(row(page, 'everyone')).toContainText('the console goes on trying to lift it', {
    timeout: 30_000,
  })
  await expect(row(page, 'everyone')).toHaveAttribute('data-state', 'ending')
  await expect(page.getByText(/^Nobody but owner and admins can write/)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Lift…/ })).toBeEnabled()
  await page.goto(`/mutes?groupId=${encodeURIComponent(group.id)}`)
  const listed = page.getByRole('table', { name: 'Mutes' }).locator('tbody tr')
  await expect(listed).toContainText('the console goes on trying to lift it')
  await emulator.clearFaults()
})

test('who cannot write because everybody is muted is not said to write: in the group, nor on the account’s page', async ({
  page,
  signIn,
  newGroup,
  emulator,
  speak,
  checkAccessibility,
}) => {
  test.slow()
  await signIn('viewer')
  const group = await newGroup({ muteAll: true })
  const id = group.members[0]?.id ?? ''
  await page.setViewportSize({ width: 390, height: 844 })
  await openGroup(page, group, `?member=${id}`)
  await expect(page.getByText(`${id} cannot write in this group`)).toBeVisible()
  await expect(page.locator('[data-above="everyone"]')).toContainText('Everybody is muted here')
  await expect(row(page, 'group')).toContainText('No mute of its own')
  await expect(page.locator('[data-group-wide]')).toHaveText('Everybody is muted')
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await checkAccessibility(page)
  await speak('ja', 'dark')
  await page.reload()
  await expect(page.locator('[data-above="everyone"]')).toContainText('ここでは全員がミュートされています')
  await checkAccessibility(page)

  await speak('en', 'light')
  await page.goto(`/accounts${encodePath('sg', id)}`)
  await expect(page.locator('[data-answer]')).toContainText(`${id} cannot write in 1 group`)
  const listed = page.locator(`li[data-group-id="${group.id}"]`)
  await expect(listed.locator('[data-above="everyone"]')).toContainText('Everybody is muted here')
  await checkAccessibility(page)

  await emulator.putGroup({ group: group.id, muteAll: false })
  await openGroup(page, group, `?member=${id}`)
  await expect(page.getByText(`${id} can write in this group`)).toBeVisible()
  await expect(page.locator('[data-above]')).toHaveCount(0)
})

test('a member, and then everybody, is muted in a topic alone, and the mute lifted', async ({
  page,
  signIn,
  newGroup,
  emulator,
}) => {
  await signIn('moderator')
  const group = await newGroup({ type: 'Community', topics: [] })
  const ann = group.members[0]?.id ?? ''
  const topic = `${group.id}@TOPIC#_news`
  await emulator.seed({ groups: [{ ...group, topics: [{ id: topic, name: 'News' }] }] })
  const held = async () => {
    const { members: all, topics } = await emulator.group(group.id)
    const inTopic = topics[0]?.members.map(({ id, until }) => [id, typeof until])
    return { inTopic, inGroup: all.filter(({ until }) => until !== null) }
  }
  const everybody = async () => {
    const { muteAll, topics } = await emulator.group(group.id)
    return { inTopic: topics[0]?.muteAll, inGroup: muteAll }
  }
  await openGroup(page, group, `?topic=${encodeURIComponent(topic)}&member=${ann}`)
  const form = await composeHere(page, '1 h')
  await expect(form).toContainText(`${ann} cannot write in this topic until`)
  await submit(page, /^Mute .* for 1 h$/).click()
  await expect(row(page, 'topic')).toHaveAttribute('data-state', 'muted')
  expect(await held()).toEqual({ inTopic: [[ann, 'number']], inGroup: [] })

  await page.getByRole('button', { name: /^Lift…/ }).click()
  await form.getByRole('radio', { name: 'Mistake', exact: true }).check()
  await submit(page, /^Lift .*in this topic$/).click()
  await expect(row(page, 'topic')).toHaveAttribute('data-state', 'none')
  expect(await held()).toEqual({ inTopic: [], inGroup: [] })

  await openGroup(page, group, `?topic=${encodeURIComponent(topic)}`)
  await composeHere(page, '1 h')
  await submit(page, /^Mute .* for 1 h$/).click()
  await expect(row(page, 'everyone')).toHaveAttribute('data-state', 'muted')
  expect(await everybody()).toEqual({ inTopic: true, inGroup: false })
})
