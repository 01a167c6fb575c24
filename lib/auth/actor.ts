import type { ApiScope, Role } from './roles'

/** The moderator who makes this request, read from the database for this very request. Never built from input. */
export type Actor = {
  id: string
  email: string
  name: string
  role: Role
  /** the session that it came with; null: it came with a key */
  sessionId: string | null
  /** the API key that it came with, which narrows what the role allows */
  apiKey?: ActingKey
}

/** A key as whoever acts by it carries it; `prefix` is the part of the secret that is none. */
export type ActingKey = { id: string; prefix: string; scopes: readonly ApiScope[] }
