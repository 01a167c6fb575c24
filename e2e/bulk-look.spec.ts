import { addAccounts, finishRun, openPreview } from './bulk-page'
import { expect, test } from './fixtures'

test('on a phone, in each language and theme: nothing is cut off and axe finds nothing', async ({
  page,
  signIn,
  speak,
  emulator,
  checkAccessibility,
}) => {
  test.slow()
  await page.setViewportSize({ width: 390, height: 800 })
  await signIn('lead')
  const names = ['王小明的很长很长很长很长很长的名字', 'محمد العربي الطويل جدا', 'x'.repeat(80)]
  const ids = await addAccounts(emulator, 24, (index) => ({ nickname: names[index % 3] ?? '' }))
  const looksRight = async () => {
    const [overflow, beyond] = await page.evaluate(() => {
      const { scrollWidth, clientWidth, scrollHeight } = document.documentElement
      const end = document.querySelector('#content')?.getBoundingClientRect().bottom ?? 0
      return [scrollWidth - clientWidth, scrollHeight - Math.max(innerHeight, end)]
    })
    expect(overflow).toBe(0)
    // The page ends where its contents end, however many accounts scroll within it.
    expect(beyond).toBeLessThan(80)
    await checkAccessibility(page)
  }
  await emulator.addFaults({ kind: 'code', api: 'setnospeaking', code: 130005, account: ids[1] ?? '' })
  const previewed = await openPreview(page, ids)
  const done = await finishRun(page, ids, { scopes: ['all_groups'] })
  for (const [locale, theme, title] of [
    ['en', 'dark', 'Bulk runs'],
    ['zh-CN', 'light', '批量操作'],
    ['ja', 'dark', '一括処理'],
  ] as const) {
    await test.step(`${locale}, ${theme}`, async () => {
      await speak(locale, theme)
      await page.goto(`/bulk-mutes/${previewed}`)
      await expect(page.locator('li[data-account-id]').first()).toBeVisible()
      await looksRight()
      await page.goto(`/bulk-mutes/${done}`)
      await expect(page.locator('li[data-state="rejected"]')).toBeVisible()
      await looksRight()
      await page.goto(`/bulk-mutes/${done}/report`)
      await expect(page.getByRole('row')).toHaveCount(ids.length + 1)
      await looksRight()
      // Browsers print no background: the text of a dark page would be pale on white paper.
      await page.emulateMedia({ media: 'print' })
      await expect(page.getByRole('cell').first()).toHaveCSS('color', 'rgb(27, 32, 39)')
      await page.emulateMedia({ media: null })
      await page.goto('/bulk-mutes')
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
      await looksRight()
    })
  }
})
