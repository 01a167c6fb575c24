import { inspect } from 'node:util'
import { beforeEach, describe, expect, test } from 'vitest'
import type { ContractFault, ContractStage } from './contract-stage'
import { ProviderError, type ProviderErrorKind } from './errors'

type Effect = 'none' | 'unknown'

/** What every adapter makes of calls that go wrong, and what it never gives away. */
export function describeFailures(stage: () => ContractStage): void {
  describe('failures', () => {
    beforeEach(() => stage().probe.prepare())

    const cases: [ContractFault, ProviderErrorKind, Effect][] = [
      ['html', 'malformed', 'unknown'],
      ['empty', 'malformed', 'unknown'],
      ['truncated', 'malformed', 'unknown'],
      ['wrong_types', 'malformed', 'unknown'],
      ['huge', 'malformed', 'unknown'],
      ['server_error', 'http_error', 'unknown'],
      ['dropped_before_applying', 'disconnected', 'unknown'],
      ['dropped_after_applying', 'disconnected', 'unknown'],
    ]
    test.each(cases)(
      '"%s" is %s: a write is left %s and not repeated, a read has no effect',
      async (fault, kind, effect) => {
        const { provider, probe, fail, countCalls, secrets } = stage()
        await fail(fault)
        const error = await errorOf(probe.write(provider))
        expect([error.kind, error.options.effect]).toEqual([kind, effect])
        expect(await countCalls()).toBe(1)

        await fail(fault, 'always')
        const readError = await errorOf(probe.read(provider))
        expect([readError.kind, readError.options.effect]).toEqual([kind, 'none'])
        expectSilent([error, readError], secrets)
      },
    )

    test('an answer lost after the change was applied is unknown, and the change is there', async () => {
      const { provider, probe, fail } = stage()
      await fail('dropped_after_applying')
      expect((await errorOf(probe.write(provider))).options.effect).toBe('unknown')
      expect(await probe.isWritten()).toBe(true)
    })

    test('a request lost before it was applied is unknown too, and nothing has changed', async () => {
      const { provider, probe, fail } = stage()
      await fail('dropped_before_applying')
      expect((await errorOf(probe.write(provider))).options.effect).toBe('unknown')
      expect(await probe.isWritten()).toBe(false)
    })

    test('an answer after the deadline is a timeout whose change may be there', async () => {
      const { impatient, probe, fail } = stage()
      await fail('answer_after_deadline')
      const error = await errorOf(probe.write(impatient))
      expect([error.kind, error.options.effect]).toEqual(['timeout', 'unknown'])
      expect(await probe.isWritten()).toBe(true)
    })

    test('a refusal tells its code, has no effect and is not repeated', async () => {
      const { provider, probe, fail, countCalls, refusalCode, secrets } = stage()
      await fail({ code: refusalCode })
      const error = await errorOf(probe.write(provider))
      expect(error.kind).toBe('refused')
      expect(error.options).toMatchObject({ providerCode: refusalCode, effect: 'none', retryable: false })
      expect(await countCalls()).toBe(1)
      expect(await probe.isWritten()).toBe(false)
      expectSilent([error], secrets)
    })

    test('a call over the limit is repeated', async () => {
      const { provider, probe, fail, countCalls } = stage()
      await fail('over_limit')
      await probe.write(provider)
      expect(await countCalls()).toBe(2)
      expect(await probe.isWritten()).toBe(true)
    })

    test('five in a row stop the calls', async () => {
      const { provider, probe, fail, countCalls, secrets } = stage()
      await fail('html', 'always')
      for (let n = 0; n < 5; n += 1) await errorOf(probe.write(provider))
      const error = await errorOf(probe.write(provider))
      expect([error.kind, error.options.effect]).toEqual(['circuit_open', 'none'])
      expect(await countCalls()).toBe(5)
      expectSilent([error], secrets)
    })
  })
}

function expectSilent(errors: ProviderError[], secrets: string[]): void {
  const shown =
    inspect(errors, { depth: Number.POSITIVE_INFINITY, showHidden: true }) + JSON.stringify(errors)
  for (const secret of secrets) expect(shown).not.toContain(secret)
}

async function errorOf(call: Promise<unknown>): Promise<ProviderError> {
  const reason: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(reason instanceof ProviderError)) throw new Error(`not a provider error: ${inspect(reason)}`)
  return reason
}
