import { ControlError } from './control-route'
import { type Account, DEFAULT_APP_ID, type TencentApp } from './tencent/apps'
import type { World } from './world'

/** The app of Tencent's that a control call names, or means when it names none. */
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
