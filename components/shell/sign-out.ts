import { postToAuth } from '@/components/auth/post-to-auth'

/**
 * Ends the session and goes to the sign-in page by a full load, so that nothing of it is left. False if it still
 * stands.
 */
export async function signOut(): Promise<boolean> {
  const reply = await postToAuth('signout', {})
  if (reply.ok) location.assign('/sign-in')
  return reply.ok
}
