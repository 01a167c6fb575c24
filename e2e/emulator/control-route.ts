import * as z from 'zod'
import { type Account, DEFAULT_APP_ID, type TencentApp } from './tencent/apps'
import type { World } from './world'

/** A control request that cannot be served; its message goes back to the caller. */
export class ControlError extends Error {
  constructor(
    readonly status: 400 | 404,
    message: string,
  ) {
    super(message)
    this.name = 'ControlError'
  }
}

/** A control route: its input (body, or query parameters for GET) and what it does. */
export type ControlRoute = (world: World, input: unknown) => unknown

/** A route whose input is parsed first. */
export function route<Input>(
  schema: z.ZodType<Input>,
  run: (world: World, input: Input) => unknown,
): ControlRoute {
  return (world, raw) => {
    const parsed = schema.safeParse(raw)
    if (!parsed.success) throw new ControlError(400, z.prettifyError(parsed.error))
    return run(world, parsed.data)
  }
}

/** The app that a control call names, or means when it names none. */
export function requireApp(world: World, appId = DEFAULT_APP_ID): TencentApp {
  const app = world.apps.get(appId)
  if (!app) throw new ControlError(400, `there is no app ${appId}`)
  return app
}

/** An account of an app. */
export function requireAccount(app: TencentApp, id: string): Account {
  const account = app.accounts.get(id)
  if (!account) throw new ControlError(400, `app ${app.appId} has no account ${JSON.stringify(id)}`)
  return account
}
