import { describe, expect, it } from 'vitest'
import { createClockStore } from './clock-store'

const serverStart = Date.UTC(2030, 0, 1)
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

/** A browser whose wall clock is `skew` ms wrong, with one pending timer and hands to turn everything. */
function makeBrowser(skew: number) {
  let truth = serverStart + 250
  let steady = 100
  let wallShift = skew
  let isHidden = false
  let timer: { run: () => void; ms: number } | null = null
  let attend = () => {}
  const asked = { count: 0, fails: false }
  let lateMs = 0
  const store = createClockStore({
    read: () => ({ wall: truth + wallShift, steady }),
    async ask() {
      asked.count += 1
      if (asked.fails) throw new Error('offline')
      const answer = truth
      steady += lateMs
      wallShift += lateMs
      return answer
    },
    isHidden: () => isHidden,
    setTimer(run, ms) {
      const own = { run, ms }
      timer = own
      return () => {
        if (timer === own) timer = null
      }
    },
    onAttention(run) {
      attend = run
      return () => {
        attend = () => {}
      }
    },
  })
  return {
    store,
    asked,
    truth: () => truth,
    timerMs: () => timer?.ms ?? null,
    pass(ms: number) {
      truth += ms
      steady += ms
    },
    /** both clocks run ahead while an answer is on its way */
    answerLate(ms: number) {
      lateMs = ms
    },
    /** both clocks run ahead of the time that passed */
    run(ms: number) {
      steady += ms
      wallShift += ms
    },
    sleep(ms: number) {
      truth += ms
    },
    setWallBy(ms: number) {
      wallShift += ms
    },
    tick() {
      const due = timer
      if (!due) throw new Error('nothing is due')
      timer = null
      truth += due.ms
      steady += due.ms
      due.run()
    },
    hide(hidden: boolean) {
      isHidden = hidden
      attend()
    },
  }
}

describe('the clock of a page', () => {
  it('asks the server once, after a page of unknown age, and then ticks on its full seconds', async () => {
    const browser = makeBrowser(7 * 60_000)
    browser.store.note(browser.truth() - 180)
    let ticks = 0
    browser.store.subscribe(() => {
      ticks += 1
    })
    await settled()
    expect(browser.asked.count).toBe(1)
    expect(browser.store.now()).toBe(browser.truth())
    ticks = 0
    browser.tick()
    expect(browser.truth() % 1_000).toBe(0)
    browser.tick()
    await settled()
    expect([ticks, browser.asked.count, browser.truth() % 1_000]).toEqual([2, 1, 0])
  })

  it.each([
    ['slept two hours', 'sleep', 2 * 3_600_000],
    ['had its clock set forward a day', 'setWallBy', 86_400_000],
    ['had its clock set back a day', 'setWallBy', -86_400_000],
  ] as const)('asks again when the machine %s', async (_, what, ms) => {
    const browser = makeBrowser(0)
    browser.store.note(browser.truth())
    browser.store.subscribe(() => {})
    await settled()
    browser[what](ms)
    browser.hide(false)
    await settled()
    expect(browser.asked.count).toBe(2)
    expect(browser.store.now()).toBe(browser.truth())
  })

  it('asks again when a new answer lags far behind, however well both clocks agree', async () => {
    const browser = makeBrowser(0)
    browser.store.note(browser.truth())
    browser.store.subscribe(() => {})
    await settled()
    browser.run(2 * 3_600_000)
    browser.store.note(browser.truth() - 60_000)
    await settled()
    expect(browser.asked.count).toBe(1)
    browser.pass(1_000)
    browser.store.note(browser.truth())
    await settled()
    expect(browser.asked.count).toBe(2)
    expect(browser.store.now()).toBe(browser.truth())
    browser.pass(1_000)
    browser.store.note(browser.truth())
    await settled()
    expect(browser.asked.count).toBe(2)
  })

  it('stands still while hidden, and is right at once when shown', async () => {
    const browser = makeBrowser(0)
    browser.store.note(browser.truth())
    let ticks = 0
    browser.store.subscribe(() => {
      ticks += 1
    })
    await settled()
    browser.hide(true)
    expect(browser.timerMs()).toBeNull()
    browser.pass(600_000)
    ticks = 0
    browser.hide(false)
    expect([ticks, browser.store.now()]).toEqual([1, browser.truth()])
  })

  it('does not ask in every second while there is no answer', async () => {
    const browser = makeBrowser(0)
    browser.asked.fails = true
    browser.store.note(browser.truth())
    browser.store.subscribe(() => {})
    await settled()
    for (let second = 0; second < 10; second++) {
      browser.tick()
      await settled()
    }
    expect(browser.asked.count).toBe(1)
    browser.asked.fails = false
    for (let second = 0; second < 10; second++) {
      browser.tick()
      await settled()
    }
    expect(browser.asked.count).toBe(2)
  })

  it('leaves no timer behind when nobody listens', async () => {
    const browser = makeBrowser(0)
    browser.store.note(browser.truth())
    const unsubscribe = browser.store.subscribe(() => {})
    await settled()
    unsubscribe()
    expect(browser.timerMs()).toBeNull()
  })

  it('does not believe an answer that the machine slept over, and asks again', async () => {
    const browser = makeBrowser(0)
    browser.store.subscribe(() => {})
    browser.answerLate(7_200_000)
    browser.store.note(browser.truth())
    await settled()
    expect(browser.asked.count).toBe(1)
    browser.answerLate(0)
    browser.tick()
    await settled()
    expect(browser.asked.count).toBe(2)
    expect(browser.store.now()).toBe(browser.truth())
  })
})
