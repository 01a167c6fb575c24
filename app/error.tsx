'use client'

import { CrashScreen } from '@/components/shell/crash-screen'

export default function RootError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main>
      <CrashScreen error={error} retry={retry} />
    </main>
  )
}
