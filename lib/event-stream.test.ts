import { afterEach, expect, test, vi } from 'vitest'
import { eventStream } from './event-stream'

afterEach(() => {
  vi.useRealTimers()
})

function start(until = new AbortController(), isRead = true) {
  const onCancel = vi.fn()
  let give: ReadableStreamDefaultController<string> | undefined
  const words = new ReadableStream<string>({
    start(controller) {
      give = controller
    },
    cancel: onCancel,
  })
  const response = eventStream(words, until.signal)
  const reader = isRead ? response.body?.pipeThrough(new TextDecoderStream()).getReader() : undefined
  return {
    response,
    onCancel,
    until,
    say: (word: string) => give?.enqueue(word),
    end: () => give?.close(),
    leave: () => reader?.cancel(),
    async read() {
      const part = await reader?.read()
      return part?.done ? null : part?.value
    },
  }
}

test('each word is an event, as the browser reads them', async () => {
  const { response, say, end, read } = start()
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
  })
  expect(await read()).toBe('retry: 2000\n\n')
  say('queue')
  expect(await read()).toBe('data: queue\n\n')
  end()
  expect(await read()).toBeNull()
})

test('says that it is there while there is nothing to say, until nobody listens any more', async () => {
  vi.useFakeTimers()
  const { read, leave } = start()
  await read()
  vi.advanceTimersByTime(20_000)
  expect(await read()).toBe(':\n\n')
  await leave()
  expect(vi.getTimerCount()).toBe(0)
})

test('lets go of its words when the browser leaves', async () => {
  const { read, leave, onCancel } = start()
  await read()
  await leave()
  expect(onCancel).toHaveBeenCalledOnce()
})

test('keeps nothing of a stream that nobody reads, once it is over', () => {
  vi.useFakeTimers()
  const until = new AbortController()
  const { response } = start(until, false)
  vi.advanceTimersByTime(200_000)
  until.abort()
  expect(vi.getTimerCount()).toBe(0)
  expect(response.bodyUsed).toBe(false)
})

test.each([
  ['later', (until: AbortController) => void queueMicrotask(() => until.abort())],
  ['before it began', (until: AbortController) => until.abort()],
])('ends when it is told to, %s', async (_when, tell) => {
  const until = new AbortController()
  tell(until)
  const { read, onCancel } = start(until)
  expect(await read()).toBe('retry: 2000\n\n')
  expect(await read()).toBeNull()
  expect(onCancel).toHaveBeenCalledOnce()
})
