import { randomUUID } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { hasPermission, roles } from '../lib/auth/roles'
import { root } from './demo/sources'
import { expect, openSession } from './fixtures'
import { actionCases } from './forged/action-cases'
import { expectNotRun, expectRefused, historyOf, test } from './forged/attack'
import { builtActions, callAction, cookieHeader } from './server-actions'

/**
 * Server actions take a POST from anybody who can reach the console, so here everybody tries: without a session, with
 * the wrong role, from another site, with input that no page would send. Whatever is refused must have sent nothing
 * to the provider and written nothing but the record of the refusal.
 */

test('every server action of the sources is tried here', () => {
  const declared = globSync('lib/**/actions.ts', { cwd: root }).flatMap((file) =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(/^export const (\w+)/gm)].map(
      ([, name]) => name,
    ),
  )
  expect(Object.keys(actionCases).sort()).toEqual(declared.sort())
  expect([...builtActions().keys()].sort()).toEqual(declared.sort())
})

// The first to try: of one moderator's refusals at most 120 a minute are on record, and the tests below use them up.
test('the record shows a lead what was refused', async ({ attack, page, signIn }) => {
  const body = JSON.stringify([actionCases.liftMuteAction?.valid(attack.target)])
  expectRefused(await attack.post('liftMuteAction', { role: 'viewer', body }), 'FORBIDDEN')
  const headers = { origin: 'http://evil.example' }
  expectNotRun(await attack.post('liftMuteAction', { role: 'lead', body, headers }), [403])
  await signIn('lead')
  await page.goto('/audit?type=action.refused')
  const refusal = page
    .getByRole('row')
    .filter({ hasText: /^.*Refused:.*Demo viewer.*$/s })
    .first()
  await expect(refusal).toBeVisible()
  const foreign = page.getByRole('row').filter({
    hasText: /call an action from another site.*Demo lead/s,
  })
  await expect(foreign.first()).toBeVisible()
})

for (const [name, { permission, valid, wrong }] of Object.entries(actionCases)) {
  test.describe(name, () => {
    const allowed = roles.filter((role) => hasPermission(role, permission))
    const someone = allowed[0] ?? 'admin'

    test('by whom it may not be called', async ({ attack }) => {
      const body = JSON.stringify([valid(attack.target)])
      for (const cookie of [
        '',
        'next-auth.session-token=x',
        'next-auth.session-token=a.b.c.d.e; role=admin',
      ]) {
        expectRefused(await attack.post(name, { cookie, body }), 'UNAUTHENTICATED')
      }
      for (const role of roles.filter((candidate) => !allowed.includes(candidate))) {
        await test.step(`as ${role}`, async () => {
          expectRefused(await attack.post(name, { role, body }), 'FORBIDDEN')
        })
      }
    })

    test('from elsewhere', async ({ attack, consoleUrl }) => {
      const { host, port } = new URL(consoleUrl)
      const body = JSON.stringify([valid(attack.target)])
      const evil = 'http://evil.example'
      const refused: Record<string, string>[] = [
        {},
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { 'sec-fetch-site': 'none' },
        { origin: evil, 'x-forwarded-host': 'evil.example' },
        { origin: `https://${host}`, 'sec-fetch-site': 'same-origin' },
      ]
      for (const headers of refused) {
        expectRefused(await attack.post(name, { role: someone, body, headers }), 'ORIGIN_REFUSED')
      }
      const stopped: Record<string, string>[] = [
        { origin: evil },
        { origin: 'null' },
        { origin: `http://localhost.evil.example:${port}` },
        { origin: `http://127.0.0.1:${Number(port) + 1}`, 'sec-fetch-site': 'same-origin' },
      ]
      for (const headers of stopped) {
        const answer = await attack.post(name, { role: someone, body, headers })
        expectNotRun(answer, [403])
        expect(JSON.parse(answer.text)).toMatchObject({ ok: false, error: { code: 'ORIGIN_REFUSED' } })
      }
    })

    test('with what no page would send', async ({ attack }) => {
      for (const [what, [change, field, code]] of Object.entries(wrong)) {
        await test.step(what, async () => {
          const body = JSON.stringify([{ ...valid(attack.target), ...change }])
          expectRefused(await attack.post(name, { role: someone, body }), 'INVALID_INPUT', { [field]: code })
        })
      }

      const input = valid(attack.target)
      const inputs = [
        { ...input, role: 'admin' },
        { ...input, actorId: randomUUID() },
        { __proto__: null, constructor: { prototype: input } },
        JSON.parse(`{"__proto__":${JSON.stringify(input)}}`),
        [],
        [input],
        null,
        true,
        0,
        '',
        'x'.repeat(500_000),
        '$undefined',
        '$$undefined',
        '$-0',
        JSON.parse(`{"then":"x"}`),
        Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`field${index}`, index])),
      ]
      for (const forged of inputs) {
        const answer = await attack.post(name, { role: someone, body: JSON.stringify([forged]) })
        expectRefused(answer, 'INVALID_INPUT', {})
      }
      expectRefused(await attack.post(name, { role: someone, body: '[]' }), 'INVALID_INPUT', {})

      const bodies = [
        '',
        '{',
        'null',
        '"$F1"',
        '["$F1"]',
        '["$@1"]',
        '["$K1"]',
        '["$1:__proto__:then"]',
        '\u0000',
      ]
      for (const body of bodies) {
        const answer = await attack.post(name, { role: someone, body })
        if (answer.result) expectRefused(answer, 'INVALID_INPUT', {})
        else expectNotRun(answer, [400, 500])
      }
      const tenMegabytes = JSON.stringify([
        { ...valid(attack.target), reason: { category: 'spam', text: 'x'.repeat(10_000_000) } },
      ])
      expectNotRun(await attack.post(name, { role: someone, body: tenMegabytes }), [413, 500])
    })
  })
}

test('a support agent cannot mute for ever, whatever the page offers', async ({ attack }) => {
  const body = JSON.stringify([
    { ...actionCases.applyMuteAction?.valid(attack.target), end: { kind: 'forever' } },
  ])
  expectRefused(await attack.post('applyMuteAction', { role: 'support', body }), 'FORBIDDEN')
})

test('connections and commands that are not there', async ({ attack }) => {
  for (const [name, { valid }] of Object.entries(actionCases)) {
    const elsewhere = { ...attack.target, connection: 'nowhere' }
    // What is left of connections that are not there is for one action to end.
    if (!('connection' in valid(elsewhere)) || name === 'endStrandedMutesAction') continue
    const answer = await attack.post(name, { role: 'lead', body: JSON.stringify([valid(elsewhere)]) })
    expectRefused(answer, name === 'acceptDriftAction' ? 'MUTE_CHANGED' : 'UNKNOWN_CONNECTION')
  }
  for (const name of ['undoMuteAction', 'settleMuteAction']) {
    const body = JSON.stringify([actionCases[name]?.valid(attack.target)])
    expectRefused(await attack.post(name, { role: 'moderator', body }), 'NOT_FOUND')
  }
})

test('a key that was used for something else', async ({ demo, newAccount, emulator, sessions }) => {
  const { id } = await newAccount()
  const state = sessions.get('moderator') ?? (await openSession(demo, 'moderator'))
  const cookie = cookieHeader(state.cookies)
  const target = { connection: 'sg', userId: id, commandId: randomUUID() }
  const input = actionCases.applyMuteAction?.valid(target) ?? {}

  const first = await callAction(demo.consoleUrl, cookie, 'applyMuteAction', input)
  expect(first.result).toMatchObject({ ok: true, data: { status: 'applied' } })
  const again = await callAction(demo.consoleUrl, cookie, 'applyMuteAction', input)
  expect(again.result?.ok && again.result.data).toMatchObject({
    id: (await historyOf(demo.consoleUrl, cookie, id))[0]?.id,
  })

  const another = { ...input, end: { kind: 'duration', seconds: 7_200 } }
  expectRefused(await callAction(demo.consoleUrl, cookie, 'applyMuteAction', another), 'IDEMPOTENCY_MISMATCH')
  const { idempotencyKey } = input
  const lift = { ...actionCases.liftMuteAction?.valid(target), idempotencyKey }
  expectRefused(await callAction(demo.consoleUrl, cookie, 'liftMuteAction', lift), 'IDEMPOTENCY_MISMATCH')
  expect(await historyOf(demo.consoleUrl, cookie, id)).toHaveLength(1)
  expect((await emulator.journal()).filter(({ account }) => account === id)).toHaveLength(1)
})
