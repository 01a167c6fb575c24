import { postToAuth } from '@/components/auth/post-to-auth'

/**
 * Ends the session, forgets what was typed in this tab and goes to the sign-in page by a full load, so that nothing of
 * it is left for the next one. False if it still stands.
 */
export async function signOut(): Promise<boolean> {
  const reply = await postToAuth('signout', {})
  if (reply.ok) {
    forgetDrafts()
    location.assign('/sign-in')
  }
  return reply.ok
}

function forgetDrafts(): void {
  try {
    sessionStorage.clear()
  } catch {
    // Storage can be forbidden; then nothing was kept either.
  }
}
