import { expect, test } from 'vitest'
import { answerOnceKept } from './callback'

const reader = { neutral: { result: 0 } }
const never = () => new Promise<never>(() => {})
const away = () => Promise.reject(new Error('the database is away'))
const statusOf = async (isAwaited: boolean, store: Parameters<typeof answerOnceKept>[3]) => {
  const answer = await answerOnceKept(reader, 'sg', { event: 'x', isAwaited }, store)
  return answer && [answer.status, await answer.json()]
}

test('whatever the database does, nothing at the provider waits for it, and what can come again is asked for again', async () => {
  expect(await statusOf(true, async () => 'stored')).toEqual([200, reader.neutral])
  expect(await statusOf(false, async () => 'repeated')).toEqual([200, reader.neutral])
  expect(await statusOf(false, async () => 'replayed')).toBeNull()
  for (const store of [never, away]) {
    expect(await statusOf(true, store)).toEqual([200, reader.neutral])
    expect(await statusOf(false, store)).toEqual([503, {}])
  }
})
