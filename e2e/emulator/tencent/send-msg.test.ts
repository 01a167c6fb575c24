import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Emulator, startEmulator } from '../start'
import { callProvider } from '../testing/call-provider'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())
beforeEach(async () => {
  await emulator.control.reset('empty')
  await emulator.control.seed({ accounts: [{ id: 'ann' }, { id: 'desk' }] })
})

const element = (Text: unknown) => ({ MsgType: 'TIMTextElem', MsgContent: { Text } })
const body = (more: object = {}) => ({ To_Account: 'ann', MsgRandom: 7, MsgBody: [element('Hi')], ...more })
const send = async (sent: object) => (await callProvider(emulator.url, 'sendmsg', sent)).json

describe('sendmsg', () => {
  it('delivers from the administrator or the account named, and each time anew', async () => {
    const answer = { ActionStatus: 'OK', ErrorCode: 0, MsgKey: expect.stringMatching(/^\d+_7_\d+$/) }
    expect(await send(body())).toMatchObject(answer)
    expect(await send(body({ From_Account: 'desk', SyncOtherMachine: 2 }))).toMatchObject(answer)
    expect(await emulator.control.deliveries()).toMatchObject([
      { from: 'administrator', to: 'ann', text: 'Hi' },
      { from: 'desk', to: 'ann', text: 'Hi' },
    ])
    expect((await emulator.control.violations()).total).toBe(0)
  })

  it.each([
    [body({ To_Account: undefined }), 90003],
    [body({ To_Account: 'nobody' }), 90012],
    [body({ From_Account: 'nobody' }), 90008],
    [body({ SyncOtherMachine: 3 }), 90001],
    [body({ MsgRandom: undefined }), 90001],
    [body({ MsgRandom: 2 ** 32 }), 90001],
    [body({ MsgBody: [] }), 90001],
    [body({ MsgBody: [{ MsgType: 'TIMTextElem' }] }), 90001],
    [body({ MsgBody: [element(7)] }), 90001],
    [body({ MsgBody: [element('x'.repeat(8_193))] }), 80002],
    [body({ MsgBody: [element('x'.repeat(7_000)), element('x'.repeat(7_000))] }), 93000],
  ])('refuses %j', async (sent, code) => {
    expect(await send(sent)).toMatchObject({ ActionStatus: 'FAIL', ErrorCode: code })
    expect(await emulator.control.deliveries()).toEqual([])
  })
})
