import { randomBytes } from 'node:crypto'
import AxeBuilder from '@axe-core/playwright'
import { type BrowserContext, test as base, expect, type Page, request } from '@playwright/test'
import type { Role } from '../lib/auth/roles'
import type { Locale } from '../lib/i18n/locales'
import { timeZoneCookie } from '../lib/i18n/preferences'
import { type Demo, startDemo } from './demo/start'
import { createEmulatorControl, type EmulatorControl } from './emulator/control'
import type { SeedGroup, SeedMember } from './emulator/group-schemas'
import type { SeedAccount } from './emulator/schemas'

export { expect }

type State = Awaited<ReturnType<BrowserContext['storageState']>>
type SignInOptions = {
  /** a session of its own, for tests that end it; else the worker's tests share one session for each role */
  isOwn?: boolean
  /** the browser to sign in, when a test has several */
  context?: BrowserContext
}

type WorkerFixtures = {
  /** this worker's own console and emulator */
  demo: Demo
  sessions: Map<Role, State>
}

type TestFixtures = {
  consoleUrl: string
  /** drives the provider's stand-in; faults and latency are cleared after each test */
  emulator: EmulatorControl
  /** Signs the test's browser in, through the API and not by typing. */
  signIn(role: Role, options?: SignInOptions): Promise<void>
  /** Gives a page of another browser, signed in and watched as the first one; it is closed after the test. */
  openOther(role: Role): Promise<Page>
  /** Puts an account that no other test knows into the emulator's app (connection `sg`). */
  newAccount(about?: Partial<SeedAccount>): Promise<SeedAccount>
  /** Puts a group that no other test knows, with its members, into the emulator's app (connection `sg`). */
  newGroup(about?: Partial<SeedGroup>): Promise<SeedGroup & { members: SeedMember[] }>
  /** Has the pages that the test's browser opens from now on in this language and theme; by default that of the system. */
  speak(locale: Locale, theme?: 'light' | 'dark'): Promise<void>
  /** Fails when axe finds anything wrong with the page as it stands. */
  checkAccessibility(page: Page): Promise<void>
  /** Watches another browser of the test as the first one is watched. */
  watch(context: BrowserContext): void
  /** Lets pass what this test provokes: console errors and failed requests that match. */
  allowErrors(pattern: RegExp): void
  /** the console errors, page errors and policy violations so far */
  complaints: { found: string[]; allowed: RegExp[] }
}

export const test = base.extend<TestFixtures & { autoWatch: undefined }, WorkerFixtures>({
  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright finds the fixtures a function wants by this pattern
    async ({}, use) => {
      const demo = await startDemo({ isEphemeral: true, port: 0, mayBuild: false })
      await use(demo)
      await demo.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above
  sessions: [async ({}, use) => use(new Map()), { scope: 'worker' }],

  baseURL: ({ demo }, use) => use(demo.consoleUrl),
  consoleUrl: ({ demo }, use) => use(demo.consoleUrl),

  emulator: async ({ demo }, use) => {
    const control = createEmulatorControl(demo.emulatorUrl)
    await use(control)
    await control.clearFaults()
    await control.setLatency(0)
  },

  signIn: ({ demo, sessions, context }, use) =>
    use(async (role, options = {}) => {
      const state = options.isOwn ? undefined : sessions.get(role)
      const fresh = state ?? (await openSession(demo, role))
      if (!options.isOwn) sessions.set(role, fresh)
      // As the sign-in form leaves it: otherwise each test's first page is made a second time.
      const zone = { name: timeZoneCookie, value: 'Europe/Berlin', url: demo.consoleUrl }
      await (options.context ?? context).addCookies([...fresh.cookies, zone])
    }),

  page: ({ page }, use) => use(waitingForLife(page)),

  openOther: async ({ browser, consoleUrl, signIn, watch }, use) => {
    const others: BrowserContext[] = []
    await use(async (role) => {
      const context = await browser.newContext({ baseURL: consoleUrl })
      others.push(context)
      watch(context)
      await signIn(role, { context })
      return waitingForLife(await context.newPage())
    })
    for (const context of others) await context.close()
  },

  speak: ({ context, consoleUrl }, use) =>
    use(async (locale, theme) => {
      await context.addCookies([
        { name: 'hushdesk.locale', value: locale, url: consoleUrl },
        ...(theme ? [{ name: 'hushdesk.theme', value: theme, url: consoleUrl }] : []),
      ])
    }),

  newAccount: ({ emulator }, use) =>
    use(async (about = {}) => {
      const id = about.id ?? `e2e_${randomBytes(8).toString('hex')}`
      const account = { nickname: `Tester ${id.slice(-6)}`, ...about, id }
      await emulator.seed({ accounts: [account] })
      return account
    }),

  newGroup: ({ emulator }, use) =>
    use(async (about = {}) => {
      const unique = randomBytes(8).toString('hex')
      const type = about.type ?? 'Public'
      const prefix = type === 'Community' ? '@TGS#_' : '@TGS#'
      const members = about.members ?? ['ann', 'ben', 'cho'].map((name) => ({ id: `${name}_${unique}` }))
      const base = { id: `${prefix}${unique}`, type, name: `Party ${unique}`, owner: `own_${unique}` }
      const group = { ...base, ...about, members }
      await emulator.seed({
        accounts: [group.owner, ...members.map(({ id }) => id)].map((id) => ({ id, nickname: `The ${id}` })),
        groups: [group],
      })
      return group
    }),

  // biome-ignore lint/correctness/noEmptyPattern: as above
  checkAccessibility: async ({}, use) =>
    use(async (page) => {
      // What fades in has not yet the contrast that it will have.
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await untilStill(page)
      // The other mode opens a page of its own to sum up what all frames have: the console has none.
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode()
        // What is right need not be written down, node by node.
        .options({ resultTypes: ['violations'] })
        .analyze()
      await page.emulateMedia({ reducedMotion: null })
      const found = violations.flatMap(({ id, help, nodes }) =>
        nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}`),
      )
      expect(found, 'what axe found').toEqual([])
    }),

  // biome-ignore lint/correctness/noEmptyPattern: as above
  complaints: async ({}, use) => {
    const complaints = { found: [] as string[], allowed: [] as RegExp[] }
    await use(complaints)
    const unexpected = complaints.found.filter(
      (line) => !complaints.allowed.some((pattern) => pattern.test(line)),
    )
    expect(unexpected, 'errors in the browser').toEqual([])
  },
  allowErrors: ({ complaints }, use) => use((pattern) => void complaints.allowed.push(pattern)),
  watch: ({ complaints }, use) =>
    use((context) => {
      context.on('weberror', (error) => void complaints.found.push(`page error: ${error.error().message}`))
      // Violations of the content security policy arrive here too.
      context.on('console', (message) => {
        // Of what is no page, a file say, the browser asks for a picture by itself.
        const isPicture = message.location().url.endsWith('/favicon.ico')
        if (message.type() === 'error' && !isPicture) {
          complaints.found.push(`console error: ${message.text()} (${message.location().url})`)
        }
      })
    }),
  autoWatch: [
    async ({ watch, context, demo }, use, testInfo) => {
      watch(context)
      await use(undefined)
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach('console.log', { path: demo.logFile })
      }
    },
    { auto: true },
  ],
})

/** Waits for what is fading in all the same. */
async function untilStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
    // One that is called off because its element goes away is over as well.
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })
}

/** Has a page wait until it has come alive: what is pressed before that is lost on a loaded machine. */
function waitingForLife(page: Page): Page {
  const goto = page.goto.bind(page)
  const reload = page.reload.bind(page)
  // React marks what it has taken over, part by part. What is no page of the console has nothing to wait for.
  const isAlive = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('main, main :is(button, input, select)')].every((element) =>
        Object.keys(element).some((key) => key.startsWith('__reactProps')),
      ),
    )
  const untilAlive = () =>
    expect
      .poll(() => isAlive().catch(() => false), { timeout: 10_000, intervals: [50] })
      .toBe(true)
      .catch(() => {})
  page.goto = async (...args) => {
    const response = await goto(...args)
    await untilAlive()
    return response
  }
  page.reload = async (...args) => {
    const response = await reload(...args)
    await untilAlive()
    return response
  }
  return page
}

/** Opens a session as the sign-in form does, and gives back its cookies. */
export async function openSession(demo: Demo, role: Role): Promise<State> {
  const signIn = demo.signIns.find((candidate) => candidate.role === role)
  if (!signIn) throw new Error(`the demo has no sign-in for the role ${role}`)
  const api = await request.newContext({ baseURL: demo.consoleUrl })
  try {
    const { csrfToken } = await (await api.get('/api/auth/csrf')).json()
    const { email, password } = signIn
    const response = await api.post('/api/auth/callback/credentials', {
      form: { email, password, csrfToken, json: 'true' },
    })
    const { url } = await response.json()
    const error = new URL(url, demo.consoleUrl).searchParams.get('error')
    if (!response.ok() || error)
      throw new Error(`signing in as ${role} failed: ${response.status()} ${error}`)
    return await api.storageState()
  } finally {
    await api.dispose()
  }
}
