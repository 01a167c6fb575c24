import type { Page } from '@playwright/test'
import { standInTranslation } from './browser-translation'
import { fileReport } from './case-page'
import { expect, test } from './fixtures'

const said = [
  'de: Du wirst es bereuen',
  'en: please stop',
  'mm: hm',
  'xx: qapla',
  'fr: tais-toi',
  'es: fuera',
  '👋',
]

const panel = (page: Page) => page.getByRole('region', { name: /^(Conversation|对话|会話)$/ })
const message = (page: Page, text: string) => panel(page).locator('[data-message-id]', { hasText: text })
const below = (page: Page, text: string) => message(page, text).locator('[data-translation]')
const toggle = (page: Page) => panel(page).getByRole('button', { name: 'Translate into English' })

test('a conversation is translated by the browser itself, message by message, and says what it cannot', async ({
  page,
  signIn,
  speak,
  consoleUrl,
  emulator,
  newAccount,
  checkAccessibility,
}) => {
  test.slow()
  const [accused, reporter] = [await newAccount(), await newAccount()]
  const texts = [...Array.from({ length: 15 }, (_, index) => `de: früher ${index}`), ...said]
  await emulator.seed({
    peerMessages: texts.map((text, index) => ({
      ...{ from: accused.id, to: reporter.id, text },
      secondsAgo: (texts.length - index) * 60,
    })),
  })
  await signIn('moderator')
  await standInTranslation(page)
  await page.goto(await fileReport(page, accused.id, { peerId: reporter.id }))
  // The messages come after the page, and show by themselves at its next look.
  await expect(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
    await expect(message(page, 'Du wirst es bereuen')).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await expect(below(page, '')).toHaveCount(0)

  const asked: string[] = []
  page.on('request', (request) => asked.push(`${request.url()} ${request.postData() ?? ''}`))
  await expect(toggle(page)).toHaveAttribute('aria-pressed', 'false')
  await toggle(page).press('Enter')
  await expect(toggle(page)).toHaveAttribute('aria-pressed', 'true')
  await expect(panel(page)).toContainText('no message is sent anywhere')
  const progress = panel(page).getByRole('progressbar', { name: 'The browser loads: German.' })
  await expect(progress).toBeVisible()
  await page.evaluate(() => globalThis.browserTranslation.progress('de', 0.4))
  await expect(progress).toHaveAttribute('value', '0.4')
  await expect(below(page, 'Du wirst es bereuen')).toHaveText('Being translated…')
  await expect(below(page, 'mm: hm')).toHaveText('Not translated: the language was not recognised.')
  await expect(below(page, 'xx: qapla')).toContainText('this browser has no translation from')
  await expect(below(page, 'fr: tais-toi')).toHaveText('Not translated: it failed in the browser.')
  await expect(below(page, 'en: please stop')).toHaveCount(0)
  await expect(below(page, '👋')).toHaveCount(0)
  await expect(below(page, 'es: fuera')).toHaveText('Not translated: Spanish is not loaded yet.')
  await checkAccessibility(page)
  await panel(page).getByRole('button', { name: 'Load Spanish' }).click()
  await expect(below(page, 'es: fuera')).toContainText('en <b>of</b> es: fuera')

  await page.evaluate(() => globalThis.browserTranslation.finish('de'))
  await expect(progress).toBeHidden()
  const translated = below(page, 'Du wirst es bereuen')
  await expect(translated).toContainText('Machine translation from: German')
  // A text and nothing else, in the console's language; what was said stands as it was.
  await expect(translated.locator('[lang="en"]')).toHaveText('en <b>of</b> de: Du wirst es bereuen')
  await expect(translated.locator('b')).toHaveCount(0)
  await expect(message(page, 'Du wirst es bereuen').getByText(/^de: Du wirst/)).toBeVisible()

  // What is loaded later is translated too.
  await panel(page).getByRole('button', { name: 'Read older messages at the provider' }).click()
  await expect(below(page, 'früher 0').first()).toContainText('Machine translation')
  const ours = new URL(consoleUrl).origin
  expect(asked.filter((one) => !one.startsWith(ours) || one.includes('bereuen'))).toEqual([])

  await toggle(page).click()
  await expect(toggle(page)).toHaveAttribute('aria-pressed', 'false')
  await expect(below(page, '')).toHaveCount(0)

  await page.setViewportSize({ width: 390, height: 800 })
  for (const [locale, theme, name, first] of [
    ['zh-CN', 'dark', '翻译成简体中文', 'zh <b>of</b> '],
    ['ja', 'light', '日本語に翻訳', 'ja <b>of</b> '],
    ['en', 'dark', 'Translate into English', 'en <b>of</b> '],
  ] as const) {
    await speak(locale, theme)
    await page.reload()
    await panel(page).getByRole('button', { name }).click()
    await expect(panel(page).getByRole('progressbar').first()).toBeVisible()
    await page.evaluate(() => globalThis.browserTranslation.finish('de'))
    await expect(below(page, 'Du wirst es bereuen').locator(`[lang="${locale}"]`)).toContainText(first)
    const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
    expect(await page.evaluate(overflow)).toBe(0)
    await checkAccessibility(page)
  }
})

test('a browser that cannot translate is offered nothing', async ({ page, signIn, newAccount }) => {
  const { id } = await newAccount()
  await signIn('moderator')
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Translator'))
  await page.goto(await fileReport(page, id))
  await expect(panel(page)).toBeVisible()
  expect(await page.evaluate(() => 'Translator' in globalThis)).toBe(false)
  await expect(toggle(page)).toHaveCount(0)
})
