import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Emulator, startEmulator } from '../start'
import { callZego } from '../testing/call-zego'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())
beforeEach(async () => {
  await emulator.control.reset('empty')
  await emulator.control.seed({ zego: { users: [{ id: 'desk' }, { id: 'ann' }, { id: 'bob' }] } })
})

const body = (more: object = {}) => ({
  FromUserId: 'desk',
  ToUserId: ['ann'],
  MessageType: 1,
  Priority: 2,
  MessageBody: { Message: 'Hi' },
  ...more,
})
const send = async (sent: object) => (await callZego(emulator.url, 'SendPeerMessage', { ...sent })).json

describe('SendPeerMessage', () => {
  it('delivers to those who exist and names the others', async () => {
    expect(await send(body({ ToUserId: ['ann', 'nobody'] }))).toMatchObject({
      Code: 0,
      SuccList: [{ UserId: 'ann', MsgId: expect.stringMatching(/^\d{18}$/), MsgSeq: 1 }],
      ErrorList: [{ UserId: 'nobody', SubCode: 660700015 }],
    })
    expect(await emulator.control.deliveries()).toMatchObject([{ from: 'desk', to: 'ann', text: 'Hi' }])
    expect((await emulator.control.violations()).total).toBe(0)
  })

  it.each([
    [{ FromUserId: 'nobody' }, 660500002],
    [{ ToUserId: [] }, 660000002],
    [{ ToUserId: ['desk'] }, 660000002],
    [{ ToUserId: ['nobody'] }, 660700015],
    [{ MessageType: undefined }, 660000002],
    [{ Priority: 4 }, 660000002],
    [{ MessageBody: 'Hi' }, 660000002],
    [{ MessageBody: { Message: '' } }, 660000002],
    [{ MessageBody: { Message: 'x'.repeat(2_049) } }, 660400001],
  ])('refuses %j', async (change, code) => {
    expect(await send(body(change))).toMatchObject({ Code: code })
    expect(await emulator.control.deliveries()).toEqual([])
  })
})
