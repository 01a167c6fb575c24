import { expect, type Page } from '@playwright/test'
import { pressUntil, toast } from './account-page'
import { decidePanel, openCase, queueOf, stands, work } from './case-page'

type SecondOpinion = {
  /** of support, with the case in hand on their page */
  ann: Page
  /** a lead */
  ben: Page
  accused: string
}

/** Ann asks Ben in a note, passes the case to the leads and gets it back with their word. */
export async function askForSecondOpinion({ ann, ben, accused }: SecondOpinion): Promise<void> {
  // Whom a note names finds the case until they open it.
  await ben.goto('/reports')
  const note = ann.getByRole('textbox', { name: 'Note on the accused' })
  await ann.getByRole('button', { name: 'Write a note' }).click()
  await expect(async () => {
    await note.fill('')
    await note.pressSequentially('Ask @lea')
    await expect(ann.getByRole('option', { name: /Demo lead/ })).toBeVisible({ timeout: 2_000 })
  }).toPass()
  await note.press('Enter')
  await expect(note).toHaveValue('Ask @Demo lead ')
  await ann.getByRole('button', { name: 'Save the note' }).click()
  await expect(toast(ann, /Note saved/)).toBeVisible()
  await ben.goto(queueOf(accused, 'mine'))
  await expect(ben.locator('[data-case-id]')).toContainText('You were named')

  // What support may not decide goes to the leads, and comes back with their word.
  await pressUntil(ann, 'e', () => expect(ann.getByRole('dialog')).toBeVisible())
  await ann.getByRole('textbox', { name: 'Note for the leads' }).fill('It is about a member of staff')
  await ann.getByRole('button', { name: /^Escalate #/ }).click()
  await expect(ann.locator('main')).toContainText('Needs a lead')
  await expect(decidePanel(ann)).toContainText('only a lead can work on it')
  await expect(work(ann).getByRole('button', { name: 'Claim' })).toBeHidden()
  await ben.goto(queueOf(accused))
  await expect(ben.locator('[data-case-id]')).toContainText('Needs a lead')
  await openCase(ben, accused)
  await expect(ben.locator('main')).toContainText('It is about a member of staff')
  await work(ben).getByRole('button', { name: 'Send back…' }).click()
  await ben.getByRole('textbox', { name: 'Note for your colleague' }).fill('Decide it by the policy')
  await ben.getByRole('button', { name: /^Send back #/ }).click()
  await openCase(ann, accused, 'mine')
  await stands(ann, 'handed')
  await expect(ann.locator('main')).toContainText('Decide it by the policy')
}
