import { randomBytes } from 'node:crypto'
import type { Page } from '@playwright/test'
import { row } from './account-page'
import { chooseMute, decideNow, decidePanel, fileReport, openCase, queueOf, stands } from './case-page'
import { expect, test } from './fixtures'

const decided = (page: Page) => decidePanel(page).getByRole('status').filter({ hasText: 'decided' })

test('of two who decide the same case at once one does; the other is told, and the account is muted once', async ({
  page: ann,
  signIn,
  openOther,
  newAccount,
  emulator,
}) => {
  test.slow()
  const { id } = await newAccount()
  await signIn('moderator')
  const ben = await openOther('lead')
  const address = await fileReport(ann, id)
  for (const page of [ann, ben]) {
    await page.goto(address)
    await chooseMute(page, '2h')
  }
  await Promise.all([decideNow(ann), decideNow(ben)])
  const told = (page: Page) => page.getByText(/changed it .*what you typed is kept/)
  for (const page of [ann, ben]) await expect(decided(page).or(told(page)).first()).toBeVisible()
  expect((await told(ann).count()) + (await told(ben).count())).toBe(1)
  for (const page of [ann, ben]) {
    await page.reload()
    await expect(decided(page)).toHaveCount(1)
  }
  const effects = (await emulator.journal()).filter(({ account }) => account === id)
  expect(effects).toHaveLength(1)
})

test('a decision that the provider refuses leaves the case open; one whose answer is lost is done once', async ({
  page,
  signIn,
  newAccount,
  emulator,
}) => {
  test.slow()
  const { id } = await newAccount()
  const { id: reporterId } = await newAccount()
  await signIn('moderator')
  const address = await fileReport(page, id, { reporterId, peerId: reporterId })
  await page.goto(address)
  await emulator.addFaults({ kind: 'code', code: 60010, api: 'setnospeaking', account: id })
  const decide = await chooseMute(page, '90m')
  await decideNow(page)
  await expect(decide.getByText('Not carried out: mute')).toBeVisible()
  await expect(decide).toContainText('60010')
  await stands(page, 'free')
  await expect(decide.getByLabel('Reason', { exact: true })).toHaveValue('Links to a scam')
  expect(await emulator.mutes(id)).toMatchObject({ oneToOne: null, allGroups: null })

  await emulator.addFaults({ kind: 'drop-after', api: 'setnospeaking', account: id })
  await decideNow(page)
  await expect(decide.getByText(/Demo moderator.* decided .*Valid; mute/)).toBeVisible({ timeout: 60_000 })
  await stands(page, 'ended')
  expect((await emulator.journal()).filter(({ account }) => account === id)).toHaveLength(1)
  await expect
    .poll(
      async () =>
        (await emulator.deliveries()).map(({ to }) => to).filter((to) => [id, reporterId].includes(to)),
      {
        timeout: 40_000,
      },
    )
    .toEqual(expect.arrayContaining([id, reporterId]))
  const toReporter = (await emulator.deliveries()).find(({ to }) => to === reporterId)
  expect(toReporter?.text).not.toMatch(/mute|90|1 h/i)
})

test('an appeal is answered by another person: the mute is lifted, the strike void, the accused told', async ({
  page: moderator,
  signIn,
  openOther,
  newAccount,
  emulator,
  checkAccessibility,
}) => {
  test.slow()
  const { id } = await newAccount()
  await signIn('moderator')
  const address = await fileReport(moderator, id)
  await moderator.goto(address)
  await expect(moderator.getByText('is accused of')).toContainText('Nobody named')
  await chooseMute(moderator, '2d')
  await decideNow(moderator)
  const decide = decidePanel(moderator)
  await expect(decide.getByText(/Demo moderator.* decided/)).toBeVisible()
  // What the case says of the accused's mutes is no older than the decision.
  await expect(row(moderator, 'all_groups')).toHaveAttribute('data-state', 'muted')
  await test.step('in the ledger the mute is found by what it came with, and leads back', async () => {
    await moderator.goto('/mutes')
    await moderator.getByLabel('How').selectOption('By deciding a case')
    await moderator.getByRole('button', { name: 'Show' }).click()
    await expect(moderator).toHaveURL(/cause=case/)
    const muted = moderator.locator(`tr[data-account-id="${id}"]`)
    await expect(muted).toHaveCount(2)
    await muted
      .first()
      .getByRole('link', { name: /^Case #\d+$/ })
      .click()
    await expect(moderator).toHaveURL(address)
  })
  await decide.getByText('The accused appeals by another way').click()
  await decide.getByRole('textbox', { name: 'What the accused says' }).fill('<b>It was my brother</b>')
  await decide.getByRole('button', { name: 'Hand it to a colleague' }).click()
  await expect(decide.getByText(/You cannot answer this appeal/)).toBeVisible()

  const lead = await openOther('lead')
  await openCase(lead, id, 'appeals')
  const answer = decidePanel(lead)
  await expect(answer.getByText('<b>It was my brother</b>')).toBeVisible()
  await checkAccessibility(lead)
  await answer.getByRole('radio', { name: 'Lift the mute and void the strike' }).check()
  await answer.getByRole('textbox', { name: 'What the accused is told' }).fill('We looked again.')
  await answer.getByRole('button', { name: 'Answer the appeal' }).click()
  await stands(lead, 'ended')
  await expect(lead.getByRole('main')).toContainText('void')
  await expect.poll(() => emulator.mutes(id)).toMatchObject({ oneToOne: null, allGroups: null })
  await expect
    .poll(async () => (await emulator.deliveries()).filter(({ to }) => to === id).map(({ text }) => text), {
      timeout: 40_000,
    })
    .toContainEqual(expect.stringContaining('We looked again.'))

  // What a lead sees of it later.
  await lead.setViewportSize({ width: 390, height: 800 })
  await lead.goto('/reports/health')
  await expect(lead.locator('[data-figure="changed"]')).toContainText(/[1-9]\d* \(\d+%\)/)
  await expect(lead.getByRole('row', { name: /Demo moderator/ })).toContainText(/[1-9]\d* of [1-9]/)
  const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
  expect(await lead.evaluate(overflow)).toBe(0)
  await checkAccessibility(lead)
})

test('the open reports of somebody who reports in bad faith are swept away', async ({
  page,
  signIn,
  newAccount,
  checkAccessibility,
}) => {
  const [one, other, reporter, friend] = await Promise.all(
    Array.from({ length: 4 }, async () => (await newAccount()).id),
  )
  await signIn('lead')
  const alone = await fileReport(page, one ?? '', { reporterId: reporter })
  const shared = await fileReport(page, other ?? '', { reporterId: reporter })
  expect(await fileReport(page, other ?? '', { reporterId: friend })).toBe(shared)
  await page.goto(alone)
  await page.getByRole('button', { name: 'Reports in bad faith…' }).click()
  await expect(page.getByText('2 open reports in 2 cases')).toBeVisible()
  await page.getByLabel('What this reporter reports from now on').selectOption('is set aside for 7 days')
  await page.getByRole('button', { name: 'Close 2 reports as bad faith' }).click()
  await stands(page, 'ended')
  await page.goto(`/reports/new?account=${other}`)
  await expect(async () => {
    await page.getByLabel('Reporter (user id)').fill(reporter ?? '')
    await page.getByLabel('Category').selectOption('spam')
    await page.getByRole('button', { name: 'File the report' }).click()
    await expect(page.getByText('On record, in no case')).toBeVisible({ timeout: 2_000 })
  }).toPass()
  await page.goto('/reports/set-aside')
  const mute = page.locator(`[data-reporter-id="${reporter}"]`)
  await mute.getByText('1 report set aside').click()
  await expect(mute.locator(`a[href$="/${other}"]`)).toBeVisible()
  await checkAccessibility(page)
  await mute.getByRole('button', { name: /^Hear .* again$/ }).click()
  await expect(mute.getByText(/^Ended .* by /)).toBeVisible()
  await page.goto(shared)
  await stands(page, 'free')
  await page.goto(queueOf(one ?? '', 'done'))
  await expect(page.locator(`[data-account-id="${one}"]`)).toBeVisible()
})

test('a case in a ZEGO group is decided on: muted for longer than the provider can', async ({
  page,
  signIn,
  emulator,
}) => {
  test.slow()
  const rest = randomBytes(6).toString('hex')
  const [accused, owner, room] = [`zego_${rest}`, `owner_${rest}`, `#room${rest}`]
  await emulator.seed({
    zego: {
      users: [
        { id: accused, name: `Guest ${rest}` },
        { id: owner, name: `Host ${rest}` },
      ],
      groups: [
        {
          id: room,
          name: `Room ${rest}`,
          members: [
            { id: owner, role: 1 },
            { id: accused, role: 3 },
          ],
        },
      ],
    },
  })
  await signIn('lead')
  await page.goto(await fileReport(page, accused, { connection: 'zim', groupId: room, reporterId: owner }))
  const decide = await chooseMute(page, '60d')
  await decideNow(page)
  await expect(decide.getByText(/Demo lead.* decided/)).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: accused }).first().click()
  await expect(page.locator(`li[data-group-id="${room}"]`)).toContainText(/59 d/)
})
