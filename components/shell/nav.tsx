'use client'

import { clsx } from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'

export type NavEntry = { href: string; label: string; icon: ReactNode }

/**
 * The main ways through the console: beside the brand on a wide screen, with the words below the signs where it is not
 * so wide, at the bottom of a narrow one.
 */
export function Nav({ entries }: { entries: readonly NavEntry[] }) {
  const t = useTranslations('shell.nav')
  const pathname = usePathname()
  return (
    <nav
      aria-label={t('label')}
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:static md:border-0 md:bg-transparent md:pb-0"
    >
      <ul className="flex justify-around md:justify-start md:gap-1">
        {entries.map(({ href, label, icon }) => {
          const isHere = pathname === href || pathname.startsWith(`${href}/`)
          return (
            <li key={href} className="flex-auto md:flex-none">
              <Link
                href={href}
                // A look at every page's entrance would ask the database for each; a press is soon enough.
                prefetch={false}
                aria-current={isHere ? 'page' : undefined}
                className={clsx(
                  'flex min-h-12 flex-col items-center justify-center gap-0.5 px-1 text-xs whitespace-nowrap -outline-offset-2! md:min-h-control md:rounded-control lg:flex-row lg:gap-1.5 lg:px-2 lg:text-base [&>svg]:size-4',
                  isHere
                    ? 'font-semibold text-accent-text md:bg-accent-soft'
                    : 'text-muted hover:text-text md:hover:bg-neutral-soft',
                )}
              >
                {icon}
                {label}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
