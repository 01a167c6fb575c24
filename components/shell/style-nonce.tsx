'use client'

import { setNonce } from 'get-nonce'
import { useEffect } from 'react'

/** Lets the scroll lock of open dialogs add its style sheet: it may only with the nonce that the page came with. */
export function StyleNonce() {
  useEffect(() => {
    const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce
    if (nonce) setNonce(nonce)
  }, [])
  return null
}
