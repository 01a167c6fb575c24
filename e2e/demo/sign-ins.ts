import { type Role, roles } from '../../lib/auth/roles'

export type SignIn = { role: Role; email: string; password: string }

/** One sign-in for each role. The passwords are public and exist only in the demo's own database. */
export const demoSignIns: readonly SignIn[] = roles.map((role) => ({
  role,
  email: `${role}@hushdesk.test`,
  password: `demo-${role}-password`,
}))
