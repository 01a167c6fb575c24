import path from 'node:path'
import { defineConfig } from '@playwright/test'
import { findBrowser } from './browser'

const root = path.resolve(import.meta.dirname, '..')
const { executablePath, args, env } = await findBrowser()

const killed = ['kill.spec.ts', 'stop.spec.ts', 'renewal.spec.ts', 'removed-connection.spec.ts']

/** The browser tests: `playwright test --config e2e/playwright.config.ts`. Each worker has a console of its own. */
export default defineConfig({
  testDir: import.meta.dirname,
  globalSetup: path.join(import.meta.dirname, 'global-setup.ts'),
  outputDir: path.join(root, 'test-results'),
  reporter: [['list'], ['json', { outputFile: path.join(root, '.tmp/playwright.json') }]],
  // The console that is killed and restarted mostly waits for leases to end: beside the others, never twice at once.
  workers: 3,
  projects: [
    { name: 'killed', testMatch: killed, workers: 1 },
    { name: 'used', testMatch: '*.spec.ts', testIgnore: killed, workers: 2 },
  ],
  fullyParallel: true,
  // What passes only then is named at the end of `npm test`.
  retries: 1,
  forbidOnly: true,
  // All of these are for a machine under load: what is right is there long before.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath, args, ...(env ? { env } : {}) },
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 800 },
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure',
    // Every failure is tried again, and recording each test costs a tenth of the processor time of all.
    trace: 'on-first-retry',
  },
})
