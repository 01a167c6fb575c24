'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { rememberTimeZone } from './preferences'

/** Tells the server the browser's time zone if it rendered with another one, and has the page rendered again. */
export function TimeZoneCookie({ rendered }: { rendered: string }) {
  const router = useRouter()
  useEffect(() => {
    const own = rememberTimeZone()
    if (!own || own === rendered || wasTold === own) return
    // Told once: a zone that this server does not know must not reload the page for ever.
    wasTold = own
    router.refresh()
  }, [rendered, router])
  return null
}

let wasTold: string | undefined
