'use client'

import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { useShortcut } from '@/components/shell/shortcuts'

/**
 * Moves through the queue by keyboard: the focus goes from link to link, Enter opens. Whoever comes back from a case goes
 * on at its row, which the address names.
 */
export function QueueKeys() {
  const t = useTranslations('reports.queue.keys')
  function move(step: number) {
    const links = [...document.querySelectorAll<HTMLElement>('[data-case-link]')]
    const next = links.findIndex((link) => link.matches(':focus')) + step
    links[Math.min(Math.max(next, 0), links.length - 1)]?.focus()
  }
  useEffect(() => {
    const row = window.location.hash && document.getElementById(window.location.hash.slice(1))
    if (row) row.querySelector<HTMLElement>('[data-case-link]')?.focus()
  }, [])
  useShortcut({ key: 'j', label: t('down'), run: () => move(1) })
  useShortcut({ key: 'k', label: t('up'), run: () => move(-1) })
  return null
}
