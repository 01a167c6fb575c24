import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { encodePath } from '../../lib/read'
import { findBrowser } from '../browser'
import { type Demo, startDemo } from '../demo/start'
import { type Findings, percentile, type Row, timeRows } from './report'
import { signInCookie } from './sign-in'

const small = { name: '10 members', id: '@TGS#2NOODLES01' }
const large = { name: '10 000 members', id: '@TGS#2PLAZA0001' }
const opened = 5
/** How much longer the large group may take: its first page of members is 500 rows instead of ten. */
const timesSmall = 1.5
const members = 10_000
/** Scrolled a frame: seven rows, faster than anybody reads. */
const pixelsPerFrame = 400
/** Two frames at 60 a second; with one more the eye sees a jerk. On a machine that is slower than that, the bare list's. */
const frameMs = 34
const timesBare = 1.5

/** The page of a group with 10 000 members beside that of a small one: when it is painted, and how it scrolls. */
export async function measureGroupPage(): Promise<Findings> {
  const { executablePath, args, env } = await findBrowser()
  const browser = await chromium.launch({ executablePath, args, ...(env ? { env } : {}) })
  const demo = await startDemo({ isEphemeral: true, port: 0, log: (line) => console.error(`bench: ${line}`) })
  try {
    const context = await browser.newContext({ viewport: { width: 1_280, height: 900 } })
    await signIn(context, demo)
    // tsx wraps the functions below in a helper of its own, which a page does not have.
    await context.addInitScript('globalThis.__name = (named) => named')
    const pageOf = (id: string) => new URL(`/groups${encodePath('sg', id)}`, demo.consoleUrl).href
    // The first ones pay for what the console loads once.
    for (const { id } of [small, large]) await open(context, pageOf(id))
    const paints = { small: [] as Paints[], large: [] as Paints[] }
    for (let turn = 0; turn < opened; turn += 1) {
      paints.small.push(await open(context, pageOf(small.id)))
      paints.large.push(await open(context, pageOf(large.id)))
    }
    const page = await context.newPage()
    await page.setContent(bareList())
    const bare = await scrollThrough(page)
    await page.goto(pageOf(large.id))
    const { frames, seconds, mostRows } = await scrollThrough(page)
    return {
      rows: [
        ...paintRows('first contentful paint', 'firstMs', paints),
        ...paintRows('first member in sight', 'memberMs', paints),
        ...timeRows(`a frame while ${members} bare lines go by`, bare.frames, null),
        ...timeRows(
          `a frame while all ${members} go by`,
          frames,
          Math.max(frameMs, timesBare * percentile(bare.frames, 0.95)),
        ),
        { work: `from the first of ${members} to the last`, value: seconds, unit: 's', bar: null },
      ],
      notes: [
        `medians of ${opened} openings in turn, each with an empty cache; the large group may take ${timesSmall} times the small one`,
        `${frames.length} frames of ${pixelsPerFrame} px; members come 500 a call as the end is neared; at most ${mostRows} rows in the document`,
        `a frame may take ${frameMs} ms, or ${timesBare} times that of a page with nothing but ${members} lines of text`,
      ],
    }
  } finally {
    await browser.close()
    await demo.stop()
  }
}

type Paints = { firstMs: number; memberMs: number }

function paintRows(
  work: string,
  which: keyof Paints,
  paints: Record<'small' | 'large', readonly Paints[]>,
): Row[] {
  const median = (of: readonly Paints[]) =>
    percentile(
      of.map((paint) => paint[which]),
      0.5,
    )
  const base = median(paints.small)
  return [
    { work: `${work}, ${small.name}`, value: base, unit: 'ms', bar: null },
    { work: `${work}, ${large.name}`, value: median(paints.large), unit: 'ms', bar: base * timesSmall },
  ]
}

async function signIn(context: BrowserContext, demo: Demo): Promise<void> {
  const cookie = await signInCookie(demo, 'moderator')
  await context.addCookies(
    cookie.split('; ').map((pair) => {
      const at = pair.indexOf('=')
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url: demo.consoleUrl }
    }),
  )
}

/** Opens a page with an empty cache. Both times count from the start of the navigation. */
async function open(context: BrowserContext, url: string): Promise<Paints> {
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true })
  // Looked at in every frame, in the page itself: the way to the browser and back must not count.
  await page.addInitScript(() => {
    const look = () => {
      if (document.querySelector('li[aria-posinset]')) performance.mark('member')
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await page.goto(url)
  const painted = await page.waitForFunction(() => {
    const [first, member] = ['first-contentful-paint', 'member'].map(
      (name) => performance.getEntriesByName(name)[0],
    )
    const [firstMs, memberMs] = [first?.startTime, member?.startTime]
    return firstMs !== undefined && memberMs !== undefined && { firstMs, memberMs }
  })
  const paints = await painted.jsonValue()
  await page.close()
  if (!paints) throw new Error(`${url}: nothing was painted`)
  return paints
}

/** The least that a list can be: lines of text, all in the document. */
function bareList(): string {
  const line = (index: number) => `<li aria-posinset="${index + 1}">Member ${index + 1}</li>`
  return `<style>li { height: 56px }</style>
    <div role="group" style="height: 600px; overflow: auto"><ul>${Array.from({ length: members }, (_, index) => line(index)).join('')}</ul></div>`
}

/** Scrolls to the very last member. Gives the ms between frames in which the list moved. */
async function scrollThrough(page: Page) {
  await page.locator('li[aria-posinset]').first().waitFor()
  // What a page fetches a moment after it stands is over.
  await page.waitForTimeout(2_000)
  return await page.evaluate(
    ({ members, pixelsPerFrame }) =>
      new Promise<{ frames: number[]; seconds: number; mostRows: number }>((resolve, reject) => {
        const scroller = document.querySelector('li[aria-posinset]')?.closest('[role=group]')
        if (!scroller) return reject(new Error('no list'))
        const frames: number[] = []
        const startedAt = performance.now()
        let lastAt: number | null = null
        let mostRows = 0
        const step = (at: number) => {
          const rows = scroller.querySelectorAll('li[aria-posinset]')
          mostRows = Math.max(mostRows, rows.length)
          const isLast = Number(rows[rows.length - 1]?.getAttribute('aria-posinset')) >= members
          if (isLast && scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1)
            return resolve({ frames, seconds: (performance.now() - startedAt) / 1_000, mostRows })
          if (performance.now() - startedAt > 300_000) return reject(new Error('the last member never came'))
          if (lastAt !== null) frames.push(at - lastAt)
          const before = scroller.scrollTop
          scroller.scrollTop = before + pixelsPerFrame
          // At the end of what is loaded nothing moves: such frames would flatter the others.
          lastAt = scroller.scrollTop > before ? at : null
          requestAnimationFrame(step)
        }
        requestAnimationFrame(step)
      }),
    { members, pixelsPerFrame },
  )
}
