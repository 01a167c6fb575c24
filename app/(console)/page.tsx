import { redirect } from 'next/navigation'
import { homePath } from '@/lib/auth/callback-path'
import { requireActor } from '@/lib/auth/require-actor'

/** The console begins with the search. */
export default async function HomePage() {
  await requireActor()
  redirect(homePath)
}
