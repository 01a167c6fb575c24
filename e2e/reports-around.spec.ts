import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'

async function checkFit(page: Page): Promise<void> {
  const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
  expect(await page.evaluate(overflow)).toBe(0)
}

test('a category of one’s own, a picture, a sound and a file on request, what is beyond the evidence, a note on the account', async ({
  page,
  speak,
  signIn,
  demo,
  emulator,
  newAccount,
  checkAccessibility,
}) => {
  test.slow()
  const [accused, reporter] = [await newAccount(), await newAccount()]
  const picture = {
    MsgType: 'TIMImageElem',
    MsgContent: { ImageInfoArray: [{ Type: 1, URL: `${demo.emulatorUrl}/pictures/shot.png`, Size: 2_048 }] },
  }
  const sent = `${demo.emulatorUrl}/pictures/said.wav`
  const sound = { MsgType: 'TIMSoundElem', MsgContent: { Url: sent, Size: 844 } }
  const file = {
    MsgType: 'TIMFileElem',
    MsgContent: { Url: sent, FileName: '../sa\u202eid.wav', FileSize: 844 },
  }
  await emulator.seed({
    peerMessages: Array.from({ length: 30 }, (_, index) => ({
      from: index % 2 ? accused.id : reporter.id,
      to: index % 2 ? reporter.id : accused.id,
      ...(index === 29 ? { body: [picture, sound, file] } : { text: `line ${index + 1}` }),
      secondsAgo: (30 - index) * 60,
    })),
  })
  await page.setViewportSize({ width: 390, height: 800 })
  await speak('en', 'dark')
  await signIn('lead')

  await page.goto('/settings')
  const policies = page.getByRole('region', { name: 'Categories and policies of reports' })
  await policies.getByRole('button', { name: 'Add a category' }).click()
  const made = policies.locator('[data-category="new 1"]')
  await made.getByRole('textbox', { name: 'Short name for programs' }).fill('Not one')
  await policies.getByRole('button', { name: 'Save for everybody' }).click()
  await expect(made.getByText('Type a short name of a–z, 0–9 and _.')).toBeVisible()
  const slug = `x${Date.now()}`
  await made.getByRole('textbox', { name: 'Short name for programs' }).fill(slug)
  for (const language of ['English', '简体中文', '日本語']) {
    await made.getByRole('textbox', { name: `Name (${language})` }).fill(`Doxxing ${slug}`)
    await made.getByRole('textbox', { name: `What people are told (${language})` }).fill('Do not.')
  }
  await checkFit(page)
  await checkAccessibility(page)
  await made.getByRole('button', { name: `Doxxing ${slug}: further up` }).press('Enter')
  await policies.getByRole('button', { name: 'Save for everybody' }).click()
  await expect(policies.locator(`[data-category="custom:${slug}"]`)).toBeVisible()
  await expect(policies.locator('[data-category]').last()).toHaveAttribute('data-category', 'other')
  await expect(policies.getByRole('button', { name: 'Throw away my changes' })).toBeHidden()

  await page.goto('/reports/new')
  await page.getByRole('textbox', { name: 'Accused (user id)' }).fill(accused.id)
  await page.getByRole('textbox', { name: 'Reporter (user id)' }).fill(reporter.id)
  await page.getByRole('radio', { name: 'One-to-one' }).check()
  await page.getByRole('textbox', { name: 'The other person (user id)' }).fill(reporter.id)
  await page.getByRole('combobox', { name: 'Category' }).selectOption({ label: `Doxxing ${slug}` })
  await page.getByRole('button', { name: 'File the report' }).click()
  await page.getByRole('link', { name: 'Open the case' }).click()
  await expect(page.getByRole('main')).toContainText(`Doxxing ${slug}`)
  const kept = page.locator('[data-kept="true"]')
  await expect(async () => {
    await page.reload()
    await expect(kept.first()).toBeVisible({ timeout: 2_000 })
  }).toPass()

  // Nothing is fetched before it is asked for, and then from here.
  await expect(page.locator('main [data-message-id] img')).toHaveCount(0)
  await page.getByRole('button', { name: 'Show what is kept' }).click()
  const shown = page.getByRole('img', { name: 'Picture from the message, as it was sent' })
  await expect
    .poll(() => shown.evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0)))
    .toBeGreaterThan(0)
  const player = page.getByLabel('Sound from the message')
  await player.evaluate((audio: HTMLAudioElement) => {
    audio.preload = 'auto'
    audio.load()
  })
  await expect.poll(() => player.evaluate((audio: HTMLAudioElement) => audio.duration)).toBeCloseTo(0.1)
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save this file' }).press('Enter')
  expect((await saved).suggestedFilename()).toBe('__sa_id.wav')

  await page.getByRole('button', { name: 'Read older messages at the provider' }).press('Enter')
  await expect(page.locator('[data-kept="false"]')).toHaveCount(10)
  await expect(page.locator('[data-kept="false"]').first()).toContainText(/line 1$/)
  await expect(page.locator('[data-kept="false"]').first()).toContainText('Not kept, read')
  await expect(page.getByText('The provider has nothing older')).toBeVisible()
  await checkFit(page)
  await checkAccessibility(page)

  const address = page.url()
  await page.goto(`/accounts/sg/${accused.id}`)
  await page.getByRole('button', { name: 'Write a note' }).press('Enter')
  await expect(page.getByRole('textbox', { name: 'Note on this account' })).toBeFocused()
  await page.keyboard.type('Asked to stop')
  await page.getByRole('checkbox', { name: 'Show on top at every visit' }).check()
  await page.getByRole('button', { name: 'Save the note' }).press('Enter')
  await expect(page.getByRole('listitem').filter({ hasText: 'Asked to stop' })).toContainText('On top')
  await checkFit(page)
  await checkAccessibility(page)
  await page.goto(address)
  await expect(page.getByRole('listitem').filter({ hasText: 'Asked to stop' })).toBeVisible()
})
