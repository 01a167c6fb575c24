import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type BrowserContext, chromium } from '@playwright/test'
import * as z from 'zod'
import { findBrowser } from '../browser'
import { type Demo, startDemo } from '../demo/start'
import { callAction } from '../server-actions'
import { startBareNext } from './bare-next'
import type { Findings, Row } from './report'
import { signInCookie } from './sign-in'

const pages = {
  'accounts, empty': '/accounts',
  'accounts, with results': '/accounts?q=%E7%8E%8B',
  account: '/accounts/sg/lin88',
  groups: '/groups',
  'a group of 10 000 members': '/groups/sg/%40TGS%232PLAZA0001',
  'mutes in force': '/mutes',
  audit: '/audit',
  'bulk runs': '/bulk-mutes',
  'new bulk run': '/bulk-mutes/new',
  settings: '/settings',
  reports: '/reports',
  'a report by hand': '/reports/new',
  'figures of reports': '/reports/health',
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
    const run = await makeRun(demo, cookie)
    const all = {
      ...pages,
      'a case': await findCase(demo, cookie),
      'a bulk run, previewed': run.path,
      'a bulk run, done': run.path,
    }
    for (const [name, path] of Object.entries(all)) {
      if (name === 'a bulk run, done') await run.finish()
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

/** The page of the first case in the queue, as it is opened from there. */
async function findCase(demo: Demo, cookie: string): Promise<string> {
  const response = await fetch(new URL('/reports', demo.consoleUrl), { headers: { cookie } })
  const href = /href="(\/reports\/[0-9a-f-]{36}[^"]*)"/.exec(await response.text())?.[1]
  if (!href) throw new Error('the queue has no case')
  return href.replaceAll('&amp;', '&')
}

/** Makes a run over an account of the demo, which its preview then holds until `finish`. */
async function makeRun(demo: Demo, cookie: string): Promise<{ path: string; finish(): Promise<void> }> {
  const act = async (action: string, input: object) => {
    const { result } = await callAction(demo.consoleUrl, cookie, action, input)
    return z.object({ id: z.uuid() }).parse(result?.ok && result.data).id
  }
  const id = await act('createBulkMuteAction', {
    kind: 'mute',
    idempotencyKey: randomUUID(),
    connection: 'sg',
    userIds: ['lin88', 'ann'],
    scopes: ['one_to_one'],
    end: { kind: 'duration', seconds: 90_000_000 },
    reason: { category: 'spam', text: 'Raid' },
  })
  const until = async (wanted: string): Promise<string> => {
    const response = await fetch(new URL(`/api/bulk-mutes/${id}`, demo.consoleUrl), { headers: { cookie } })
    const { data } = runSchema.parse(await response.json())
    if (data.status === wanted) return data.token
    await delay(200)
    return until(wanted)
  }
  await until('previewed')
  return {
    path: `/bulk-mutes/${id}`,
    async finish() {
      await act('startBulkMuteAction', { bulkId: id, token: await until('previewed') })
      await until('done')
    },
  }
}

const runSchema = z.object({ data: z.object({ status: z.string(), token: z.string().catch('') }) })

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
  // What never ends would keep the page from ever coming to rest.
  await page.route('**/api/reports/live*', (route) => route.abort())
  const response = await page.goto(url, { waitUntil: 'networkidle' })
  if (response?.status() !== 200) throw new Error(`${url}: ${response?.status()}`)
  // What a page fetches a moment after it stands counts as well.
  await page.waitForTimeout(1_000)
  await context.close()
  size.kb = [...total.values()].reduce((sum, kb) => sum + kb, 0) - size.headersKb
  return size
}
