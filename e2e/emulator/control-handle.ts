import { ControlError } from './control-route'
import { CONTROL_ROUTES } from './control-routes'
import type { Answer } from './spoil'
import type { World } from './world'

/** Answers one control call with JSON; a call that cannot be served gets `{error}` with the reason. */
export async function handleControl(world: World, method: string, url: URL, body: Buffer): Promise<Answer> {
  try {
    const route = CONTROL_ROUTES[`${method} ${url.pathname}`]
    if (!route) throw new ControlError(404, `there is no control call ${method} ${url.pathname}`)
    const input = method === 'GET' ? Object.fromEntries(url.searchParams) : parseBody(body)
    return answer(200, await route(world, input))
  } catch (error) {
    if (error instanceof ControlError) return answer(error.status, { error: error.message })
    throw error
  }
}

function parseBody(body: Buffer): unknown {
  if (body.length === 0) return {}
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new ControlError(400, 'the body is not JSON')
  }
}

function answer(status: number, value: unknown): Answer {
  return { kind: 'whole', status, contentType: 'application/json', body: JSON.stringify(value) }
}
