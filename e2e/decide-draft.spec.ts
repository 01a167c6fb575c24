import { chooseMute, decideNow, decidePanel, fileReport, stands, work } from './case-page'
import { expect, test } from './fixtures'

test('what was put in for a decision outlives a look around, a reload and the loss of the claim', async ({
  page,
  signIn,
  newAccount,
}) => {
  test.slow()
  const { id } = await newAccount()
  await signIn('moderator')
  const address = await fileReport(page, id)
  await page.goto(address)
  await work(page).getByRole('button', { name: 'Claim' }).click()
  await stands(page, 'yours')
  const decide = await chooseMute(page, '3h')
  const isThere = async () => {
    await expect(decide.getByRole('radio', { name: 'Valid', exact: true })).toBeChecked()
    await expect(decide.getByRole('textbox', { name: 'Length' })).toHaveValue('3h')
    await expect(decide.getByLabel('Reason', { exact: true })).toHaveValue('Links to a scam')
    await expect(decide.getByLabel(/Why other/)).toHaveValue('They were told yesterday')
  }
  await page.getByRole('main').getByRole('link', { name: id }).first().click()
  await expect(page).toHaveURL(/\/accounts\/sg\//)
  const bar = page.getByRole('region', { name: 'Case in hand' })
  await bar.getByRole('link', { name: 'Back to the case' }).click()
  await isThere()
  await page.reload()
  await isThere()

  const tab = await page.context().newPage()
  await tab.goto(address)
  await decidePanel(tab).getByRole('button', { name: 'Take it over here' }).click()
  await stands(tab, 'yours')
  await expect(decidePanel(tab).getByLabel('Reason', { exact: true })).toHaveValue('')
  await tab.close()
  await page.bringToFront()
  await decideNow(page)
  await stands(page, 'other_tab')
  await page.reload()
  await decide.getByRole('button', { name: 'Take it over here' }).click()
  await stands(page, 'yours')
  await page.reload()
  await stands(page, 'yours')
  await isThere()
  await decideNow(page)
  await stands(page, 'ended')
  await expect(decide.getByText(/Demo moderator.* decided/)).toBeVisible()
  // It is decided: nothing of it is left for the next one who uses this tab.
  await expect.poll(() => page.evaluate(() => Object.keys(sessionStorage))).toEqual([])
})
