'use client'

import { CrashScreen } from '@/components/shell/crash-screen'
import './globals.css'

/** Stands in for the whole document when even the root layout failed; says it in every language, as it knows none. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <head>
        <title>Hushdesk</title>
      </head>
      <body>
        <main>
          <CrashScreen error={error} retry={retry} />
        </main>
      </body>
    </html>
  )
}
