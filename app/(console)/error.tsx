'use client'

import { CrashScreen } from '@/components/shell/crash-screen'

/** A page that broke, with the frame around it still standing. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return <CrashScreen error={error} retry={retry} />
}
