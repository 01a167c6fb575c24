import { compose, openAccount, pressUntil, row, submit } from './account-page'
import { expect, test } from './fixtures'

test.describe('errors say what happened, whether anything changed, and what to do', () => {
  const cases = [
    { name: 'the provider refuses', fault: { kind: 'code', code: 60010 } as const, says: /60010/ },
    {
      name: 'the provider is over its limit',
      fault: { kind: 'code', code: 60007, times: 'always' } as const,
      says: /60007/,
    },
  ]
  for (const { name, fault, says } of cases) {
    test(name, async ({ page, signIn, newAccount, emulator }) => {
      await signIn('moderator')
      const account = await newAccount()
      await openAccount(page, account)
      await compose(page, { preset: '1 h' })
      await emulator.addFaults({ ...fault, api: 'setnospeaking', account: account.id })
      await submit(page, /^Mute /).click()
      await expect(page.getByRole('form').getByText(/did not take effect/)).toBeVisible()
      await expect(page.getByRole('form')).toContainText(says)
      await expect(row(page, 'one_to_one')).toHaveAttribute('data-state', 'none')
      await emulator.clearFaults()
      await page.getByRole('form').getByRole('button', { name: 'Try again' }).click()
      await expect(row(page, 'one_to_one')).toHaveAttribute('data-state', 'muted')
    })
  }

  test('the provider cannot be read: what was known stays in sight and nothing can be sent', async ({
    page,
    signIn,
    newAccount,
    emulator,
    checkAccessibility,
  }) => {
    await signIn('moderator')
    const account = await newAccount({ allGroups: 'forever' })
    await openAccount(page, account)
    // A refusal: transport faults would open the circuit, which other tests of this worker would run into.
    await emulator.addFaults({ kind: 'code', code: 60010, account: account.id, times: 'always' })
    await page.reload()
    await expect(row(page, 'all_groups')).toContainText('no end')
    await expect(page.getByText(/^Live app .* could not be asked$/)).toBeVisible()
    await checkAccessibility(page)
  })

  test('an account that does not exist', async ({ page, signIn, checkAccessibility }) => {
    await signIn('moderator')
    await page.goto('/accounts/sg/nobody-at-all')
    await expect(page.getByText(/No account “\W?nobody-at-all\W?” in/)).toBeVisible()
    await expect(page.getByRole('button', { name: /^Mute…/ })).toHaveCount(0)
    await checkAccessibility(page)
  })

  test('a connection that does not exist', async ({ page, signIn, allowErrors }) => {
    allowErrors(/404/)
    await signIn('moderator')
    await page.goto('/accounts/mars/lin88')
    await expect(page.getByText(/There is no connection “\W?mars\W?”/)).toBeVisible()
  })

  test('who may only look is told whom to ask', async ({ page, signIn, newAccount }) => {
    await signIn('viewer')
    await openAccount(page, await newAccount())
    const told = page.getByText(/You can see this but not mute/)
    await pressUntil(page, 'm', () => expect(told).toBeVisible({ timeout: 500 }))
    await expect(page.getByRole('form')).toHaveCount(0)
  })

  test('what the form gets wrong is said at the field', async ({ page, signIn, newAccount }) => {
    await signIn('moderator')
    await openAccount(page, await newAccount())
    const form = await compose(page, { preset: 'Custom' })
    const length = form.getByLabel('Length', { exact: true })
    for (const [text, says] of [
      ['0m', /more than zero/],
      ['soon', /./],
      ['999999d', /./],
    ] as const) {
      await length.fill(text)
      await submit(page, /^Mute /).click()
      await expect(length).toHaveAttribute('aria-invalid', 'true')
      await expect(length).toHaveAccessibleDescription(says)
    }
  })
})
