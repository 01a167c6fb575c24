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
  'bulk runs': '/bulk-mutes',
  settings: '/settings',
  reports: '/reports',
}
const timesBare = 1.5
const heaviestKb = 200
const signInKb = 150

/** `kb` without headers */
type Size = { kb: number; headersKb: number; files: number }

/** Bytes of JavaScript that a browser with an empty cache receives for each page, compressed; headers are told apart. */
export async function measureJavaScript(): Promise<Findings> {
  const { executablePath, args, env } = await findBrowser()
  const browser = await chromium.launch({ executablePath, args, ...(env ? { env } : {}) })
  const bare = await startBareNext()
  const demo = await startDemo({ isEphemeral: true, port: 0, log: (line) => console.error(`bench: ${line}`) })
  try {
    const bareSize = await scriptsOf(await browser.newContext(), bare.url)
    const signIn = await scriptsOf(await browser.newContext(), new URL('/sign-in', demo.consoleUrl).href)
    const cookie = await signInCookie(demo, 'admin')
    const measured: [string, Size][] = []
    for (const [name, path] of Object.entries(pages)) {
      const context = await browser.newContext()
      await context.addCookies(
        cookie.split('; ').map((pair) => {
          const at = pair.indexOf('=')
          return { name: pair.slice(0, at), value: pair.slice(at + 1), url: demo.consoleUrl }
        }),
      )
      measured.push([name, await scriptsOf(context, new URL(path, demo.consoleUrl).href)])
    }
    const row = (work: string, value: number, bar: number | null): Row => ({ work, value, unit: 'kB', bar })
    return {
      rows: [
        row('a bare Next page', bareSize.kb, null),
        row('sign-in', signIn.kb, signInKb),
        ...measured.map(([name, { kb }]) => row(name, kb, bareSize.kb * timesBare)),
        row('heaviest page of the console', Math.max(...measured.map(([, { kb }]) => kb)), heaviestKb),
      ],
      notes: [
        `a page may weigh ${timesBare} times a bare one, built in the same run; 1 kB is 1000 bytes`,
        `files and their headers: ${[['bare', bareSize] as const, ['sign-in', signIn] as const, ...measured]
          .map(([name, { files, headersKb }]) => `${name} ${files}, ${headersKb.toFixed(1)} kB`)
          .join('; ')}`,
      ],
    }
  } finally {
    await browser.close()
    await demo.stop()
    await bare.child.stop()
  }
}

/** Opens the page and waits until nothing more is loaded. Throws when it does not answer 200. */
async function scriptsOf(context: BrowserContext, url: string): Promise<Size> {
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  const scripts = new Set<string>()
  const size: Size = { kb: 0, headersKb: 0, files: 0 }
  cdp.on('Network.responseReceived', ({ requestId, response }) => {
    if (!/javascript/.test(response.mimeType)) return
    scripts.add(requestId)
    size.files += 1
    // Until then nothing but the headers has come.
    size.headersKb += response.encodedDataLength / 1_000
  })
  const total = new Map<string, number>()
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) total.set(requestId, encodedDataLength / 1_000)
  })
  await cdp.send('Network.enable')
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true })
  const response = await page.goto(url, { waitUntil: 'networkidle' })
  if (response?.status() !== 200) throw new Error(`${url}: ${response?.status()}`)
  // What a page fetches a moment after it stands counts as well.
  await page.waitForTimeout(1_000)
  await context.close()
  size.kb = [...total.values()].reduce((sum, kb) => sum + kb, 0) - size.headersKb
  return size
}
