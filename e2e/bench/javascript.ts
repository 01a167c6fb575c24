import { type BrowserContext, chromium } from '@playwright/test'
import { findBrowser } from '../browser'
import { startDemo } from '../demo/start'
import { startBareNext } from './bare-next'
import type { Findings, Row } from './report'
import { signInCookie } from './sign-in'

const pages = {
  'accounts, empty': '/accounts',
  'accounts, with results': '/accounts?q=%E7%8E%8B',
  account: '/accounts/sg/lin88',
  audit: '/audit',
  settings: '/settings',
}
const timesBare = 1.5
const heaviestKb = 200
const signInKb = 150

/** Bytes of JavaScript that a browser with an empty cache receives for each page, compressed, with their headers. */
export async function measureJavaScript(): Promise<Findings> {
  const { executablePath, args, env } = await findBrowser()
  const browser = await chromium.launch({ executablePath, args, ...(env ? { env } : {}) })
  const bare = await startBareNext()
  const demo = await startDemo({ isEphemeral: true, port: 0, log: (line) => console.error(`bench: ${line}`) })
  try {
    const bareKb = await scriptKb(await browser.newContext(), bare.url)
    const signIn = await scriptKb(await browser.newContext(), new URL('/sign-in', demo.consoleUrl).href)
    const cookie = await signInCookie(demo, 'admin')
    const measured: [string, number][] = []
    for (const [name, path] of Object.entries(pages)) {
      const context = await browser.newContext()
      await context.addCookies(
        cookie.split('; ').map((pair) => {
          const at = pair.indexOf('=')
          return { name: pair.slice(0, at), value: pair.slice(at + 1), url: demo.consoleUrl }
        }),
      )
      measured.push([name, await scriptKb(context, new URL(path, demo.consoleUrl).href)])
    }
    const row = (work: string, value: number, bar: number | null): Row => ({ work, value, unit: 'kB', bar })
    return {
      rows: [
        row('a bare Next page', bareKb, null),
        row('sign-in', signIn, signInKb),
        ...measured.map(([name, kb]) => row(name, kb, bareKb * timesBare)),
        row('heaviest page of the console', Math.max(...measured.map(([, kb]) => kb)), heaviestKb),
      ],
      notes: [`a page may weigh ${timesBare} times a bare one, built in the same run; 1 kB is 1000 bytes`],
    }
  } finally {
    await browser.close()
    await demo.stop()
    await bare.child.stop()
  }
}

/** Opens the page and waits until nothing more is loaded. Throws when it does not answer 200. */
async function scriptKb(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  const scripts = new Set<string>()
  let bytes = 0
  cdp.on('Network.responseReceived', ({ requestId, response }) => {
    if (/javascript/.test(response.mimeType)) scripts.add(requestId)
  })
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength
  })
  await cdp.send('Network.enable')
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true })
  const response = await page.goto(url, { waitUntil: 'networkidle' })
  if (response?.status() !== 200) throw new Error(`${url}: ${response?.status()}`)
  // What a page fetches a moment after it stands counts as well.
  await page.waitForTimeout(1_000)
  await context.close()
  return bytes / 1_000
}
