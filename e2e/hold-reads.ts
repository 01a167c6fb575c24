import type { Page } from '@playwright/test'

/** Lets a page's reads of cases wait until the gate is opened. */
export async function holdReads(page: Page): Promise<{ open(): void }> {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  await page.route(/\/api\/reports\/[0-9a-f-]{36}/, async (route) => {
    await opened
    await route.continue().catch(() => {})
  })
  return { open }
}
