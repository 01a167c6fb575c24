import { expect, it, vi } from 'vitest'

it('knows its own errors from another evaluation of the module', async () => {
  const first = await import('./errors')
  vi.resetModules()
  const second = await import('./errors')
  expect(first.ProviderError).not.toBe(second.ProviderError)
  const error = new first.ProviderError('tencent', 'timeout', { effect: 'unknown', retryable: true })
  expect(error instanceof second.ProviderError).toBe(true)
  expect(error instanceof first.ProviderError).toBe(true)
})

it('takes no other error for one', async () => {
  const { ProviderError } = await import('./errors')
  expect(new Error('timeout') instanceof ProviderError).toBe(false)
  expect((null as unknown) instanceof ProviderError).toBe(false)
})
