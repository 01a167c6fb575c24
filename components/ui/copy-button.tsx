'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useState } from 'react'
import { IconButton } from './button'

const shownMs = 2_000

type CopyButtonProps = { text: string; what: string; className?: string }

/** Puts `text` into the clipboard; `what` names it in the button's name, like "user id". */
export function CopyButton({ text, what, className }: CopyButtonProps): ReactNode {
  const t = useTranslations('common.actions')
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), shownMs)
    return () => clearTimeout(timer)
  }, [isCopied])
  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      // Refused by the browser: the text stays selectable beside the button.
      setCopied(false)
    }
  }
  return (
    <>
      <IconButton
        label={t('copyWhat', { what })}
        icon={isCopied ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
        onClick={copy}
        {...(className ? { className } : {})}
      />
      <span role="status" className="sr-only">
        {isCopied ? t('copied') : ''}
      </span>
    </>
  )
}
