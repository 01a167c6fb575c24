import path from 'node:path'
import { defineConfig } from '@playwright/test'
import { findBrowser } from './browser'

const root = path.resolve(import.meta.dirname, '..')
const { executablePath, args, env } = await findBrowser()

/** The browser tests: `playwright test --config e2e/playwright.config.ts`. Each worker has a console of its own. */
export default defineConfig({
  testDir: import.meta.dirname,
  testMatch: '*.spec.ts',
  globalSetup: path.join(import.meta.dirname, 'global-setup.ts'),
  outputDir: path.join(root, 'test-results'),
  reporter: [['list'], ['json', { outputFile: path.join(root, '.tmp/playwright.json') }]],
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath, args, ...(env ? { env } : {}) },
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 800 },
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
})
