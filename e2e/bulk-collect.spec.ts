import type { BulkMutesDto } from '../lib/bulk-mutes/schemas'
import { counts, get, giveReason, ids, openForm, runOf, runUrl } from './bulk-collect-page'
import { expect, test } from './fixtures'

test('pasted ids, a file in UTF-16 and what was typed survive a reload and become one run, each account once', async ({
  page,
  signIn,
  newAccount,
}) => {
  await signIn('moderator')
  const [ann, ben, cho] = await Promise.all([newAccount(), newAccount(), newAccount()])
  await openForm(page)
  await page.getByRole('button', { name: 'Preview', exact: true }).click()
  await expect(ids(page)).toHaveAccessibleDescription(/This is needed/)
  await expect(ids(page)).toBeFocused()

  await ids(page).fill(`${ann.id} ${ben.id}`)
  await page.getByRole('button', { name: 'Separate at spaces' }).click()
  await expect(ids(page)).toHaveValue(`${ann.id}\n${ben.id}`)
  await expect(ids(page)).toBeFocused()
  await expect(counts(page)).toHaveText('2 accounts')
  await expect(page.getByRole('button', { name: 'Separate at spaces' })).toHaveCount(0)

  await ids(page).fill(`${ann.id}, ${ben.id}\n王小明;${ann.id}\t${'x'.repeat(33)}`)
  await expect(counts(page)).toHaveText('2 accounts2 entries are not ids1 repetition left out')
  const wrong = page.getByRole('listitem').filter({ hasText: '王小明' })
  await expect(wrong).toHaveText(/^Line 2: .*only Latin letters/)

  const csv = `\ufeffnickname,user_id\r\n"Li, ""the"" 二",${cho.id}\r\n"two\r\nlines",'${ben.id}\r\nAgain,${ben.id}\r\n`
  const bytes = Buffer.from(csv, 'utf16le')
  const transfer = await page.evaluateHandle(
    (data) => {
      const files = new DataTransfer()
      files.items.add(new File([new Uint8Array(data)], 'raid.csv'))
      return files
    },
    [...bytes],
  )
  await page.getByRole('region', { name: 'Accounts' }).dispatchEvent('drop', { dataTransfer: transfer })
  await expect(page.getByText('3 entries · column user_id')).toBeVisible()
  // An apostrophe that protects nothing is a part of the id.
  await expect(counts(page)).toHaveText('4 accounts2 entries are not ids2 repetitions left out')
  await giveReason(page)
  await page.reload()
  await expect(counts(page)).toHaveText('4 accounts2 entries are not ids2 repetitions left out')
  await expect(page.getByRole('radio', { name: 'Spam', exact: true })).toBeChecked()
  await expect(
    page.getByText(/^4 accounts cannot write in one-to-one chats and in any group until/),
  ).toBeVisible()

  await page.getByRole('button', { name: 'Preview 4 accounts' }).click()
  await expect(page).toHaveURL(runUrl)
  const { run, userIds } = await runOf(page)
  expect(userIds).toEqual([ann.id, ben.id, cho.id, `'${ben.id}`])
  expect(run).toMatchObject({ kind: 'mute', groupId: null, scopes: ['one_to_one', 'all_groups'], mine: true })
  expect(run.reason).toEqual({ category: 'spam', text: 'Sent spam. Muted for 1 h.' })
  // What was sent is no draft any more.
  await openForm(page)
  await expect(ids(page)).toHaveValue('')
})

test('ids of a text file that stand on one line are separated at their spaces where that is wished', async ({
  page,
  signIn,
}) => {
  await signIn('moderator')
  await openForm(page)
  const file = { name: 'raid.txt', mimeType: 'text/plain', buffer: Buffer.from('ann ben\n"c d",ann\n') }
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files…' }).click()
  await (await chooser).setFiles(file)
  const list = page.getByRole('list', { name: 'Lists' }).getByRole('listitem')
  await expect(list).toContainText('3 entries · text')
  await expect(counts(page)).toHaveText('3 accounts')
  await list.getByRole('button', { name: 'Separate at spaces' }).click()
  await expect(list).toContainText('4 entries · text')
  await expect(counts(page)).toHaveText('3 accounts1 repetition left out')
  await expect(page.getByRole('button', { name: 'Separate at spaces' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Choose files…' })).toBeFocused()
  await page.reload()
  await expect(counts(page)).toHaveText('3 accounts1 repetition left out')
})

test('501 ids become two runs with one end; where an answer is lost, it goes on after a reload without a third', async ({
  page,
  signIn,
  allowErrors,
}) => {
  allowErrors(/ERR_FAILED .*\/bulk-mutes\/new/)
  await signIn('moderator')
  await openForm(page)
  const list = Array.from({ length: 501 }, (_, index) => `raid_${index}`)
  await ids(page).fill(list.join('\n'))
  await expect(page.getByText(/become 2 runs/)).toBeVisible()
  await giveReason(page)
  let posts = 0
  await page.route('**/bulk-mutes/new', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    posts += 1
    if (posts !== 2) return route.fallback()
    // It arrives, its answer does not.
    await route.fetch()
    await route.abort()
  })
  await page.getByRole('button', { name: 'Preview 501 accounts in 2 runs' }).click()
  const runs = page.getByRole('region', { name: '2 runs of one list' })
  await expect(runs.getByRole('status')).toContainText('1 of 2 made')
  await expect(page.getByText('The console did not answer')).toBeVisible()
  await expect(runs.getByRole('link')).toHaveCount(1)
  await page.reload()
  await runs.getByRole('button', { name: 'Go on' }).click()
  await expect(runs.getByRole('link', { name: 'Open the first preview' })).toBeVisible()
  const hrefs = await runs
    .getByRole('listitem')
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  const [first, second] = await Promise.all(hrefs.map((href) => runOf(page, href)))
  expect([...(first?.userIds ?? []), ...(second?.userIds ?? [])]).toEqual(list)
  expect(first?.run.until).toBe(second?.run.until)
  const { runs: all } = await get<BulkMutesDto>(page, '/api/bulk-mutes')
  const since = first?.run.createdAt ?? 0
  expect(all.filter(({ createdAt }) => createdAt >= since)).toHaveLength(2)
})

test('on a phone, in each language and theme: nothing is cut off and axe finds nothing', async ({
  page,
  signIn,
  speak,
  checkAccessibility,
}) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await signIn('moderator')
  for (const [locale, theme, words] of [
    ['en', 'light', 'New bulk mute'],
    ['zh-CN', 'dark', '新建批量禁言'],
    ['ja', 'light', '新しい一括ミュート'],
  ] as const) {
    await test.step(`${locale}, ${theme}`, async () => {
      await speak(locale, theme)
      await openForm(page)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(words)
      await page
        .locator('main textarea')
        .first()
        .fill(`a\na\n王\n${'w'.repeat(60)}`)
      await page.locator('input[type=radio][value=group]').check()
      await expect(page.locator('details').first()).toBeVisible()
      await page.locator('main form button[type=submit]').click()
      await checkAccessibility(page)
      const overflow = () =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect(await overflow()).toBe(0)
    })
  }
})

test('who may not mute in bulk is told so', async ({ page, signIn }) => {
  await signIn('support')
  await page.goto('/bulk-mutes/new')
  await expect(page.getByText('You can look, but not mute in bulk')).toBeVisible()
  await page.goto('/accounts?q=lin88')
  await expect(page.locator('li[data-select]').first()).toBeVisible()
  await expect(page.getByRole('checkbox')).toHaveCount(0)
})
