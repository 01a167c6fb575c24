import { randomUUID } from 'node:crypto'
import type { Role } from '../../lib/auth/roles'
import type { MuteCommandDto } from '../../lib/mutes/schemas'
import { test as base, expect, openSession } from '../fixtures'
import { type ActionAnswer, cookieHeader, ownHeaders, postAction } from '../server-actions'
import type { Target } from './action-cases'

type Forgery = { body: string; role?: Role; cookie?: string; headers?: Record<string, string> }
type Attack = {
  /** an account that is not muted and that nobody else touches */
  target: Target
  /** Posts an action with the session of a role, or with a cookie of one's own making. */
  post(name: string, options: Forgery): Promise<ActionAnswer>
}

/** Afterwards the account has no command on record, and the provider was never asked about it. */
export const test = base.extend<{ attack: Attack }>({
  attack: async ({ demo, consoleUrl, sessions, newAccount, emulator }, use) => {
    const { id } = await newAccount()
    const as = async (role: Role) => {
      const state = sessions.get(role) ?? (await openSession(demo, role))
      sessions.set(role, state)
      return cookieHeader(state.cookies)
    }
    await use({
      target: { connection: 'sg', userId: id, commandId: randomUUID() },
      async post(name, { role, body, headers = ownHeaders(consoleUrl), ...forged }) {
        const cookie = role ? await as(role) : (forged.cookie ?? '')
        const answer = await postAction({ consoleUrl, name, body, headers, cookie })
        // Nothing of how the console is made shows, whatever happened.
        expect(answer.text).not.toMatch(/node_modules|\.tsx?\b|\n {4}at |drizzle|sqlstate/i)
        return answer
      },
    })
    expect(await historyOf(consoleUrl, await as('viewer'), id)).toEqual([])
    const calls = await emulator.calls()
    expect(calls.filter(({ accounts }) => accounts.includes(id))).toEqual([])
  },
})

/** The commands on record for an account of the connection `sg`. */
export async function historyOf(
  consoleUrl: string,
  cookie: string,
  account: string,
): Promise<MuteCommandDto[]> {
  const response = await fetch(`${consoleUrl}/api/mutes/sg/${account}/history`, { headers: { cookie } })
  expect(response.status).toBe(200)
  const body: { data: { commands: MuteCommandDto[] } } = await response.json()
  return body.data.commands
}

/** The action ran and refused, with exactly this code; `fields` must be among those named. */
export function expectRefused(
  { status, result }: ActionAnswer,
  code: string,
  fields?: Record<string, string>,
): void {
  expect(status).toBe(200)
  expect(result).toEqual({
    ok: false,
    error: {
      code,
      requestId: expect.any(String),
      ...(fields ? { fields: expect.objectContaining(fields) } : {}),
    },
  })
}

/** Next refused the call by itself: the action did not run. */
export function expectNotRun({ result, status }: ActionAnswer, statuses: readonly number[]): void {
  expect(result).toBeNull()
  expect(statuses).toContain(status)
}
