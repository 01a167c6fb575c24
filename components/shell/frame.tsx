import { Flag, Layers, MessagesSquare, MicOff, ScrollText, Settings, Users, VolumeX } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Toaster } from '@/components/ui/toaster'
import type { Actor } from '@/lib/auth/actor'
import { hasPermission } from '@/lib/auth/roles'
import type { Theme } from '@/lib/i18n/preferences'
import { ModeratorMenu } from './moderator-menu'
import { Nav } from './nav'

type FrameProps = {
  actor: Pick<Actor, 'name' | 'role'>
  theme: Theme
  /** the search box, in reach on every page */
  search: ReactNode
  /** the runs that are under way, on every page */
  runs: ReactNode
  /** the case in hand, on every page; nothing for those who work on none */
  inquiry: ReactNode
  children: ReactNode
}

/** What stands around every page of the console: brand, search, ways, and the moderator's menu. */
export function Frame({ actor, theme, search, runs, inquiry, children }: FrameProps) {
  const t = useTranslations('shell')
  const common = useTranslations('common')
  const entries = [
    ...(hasPermission(actor.role, 'reports:read')
      ? [{ href: '/reports', label: t('nav.reports'), icon: <Flag aria-hidden /> }]
      : []),
    { href: '/accounts', label: t('nav.accounts'), icon: <Users aria-hidden /> },
    { href: '/mutes', label: t('nav.mutes'), icon: <MicOff aria-hidden /> },
    { href: '/bulk-mutes', label: t('nav.bulk'), icon: <Layers aria-hidden /> },
    { href: '/groups', label: t('nav.groups'), icon: <MessagesSquare aria-hidden /> },
    ...(hasPermission(actor.role, 'audit:read')
      ? [{ href: '/audit', label: t('nav.audit'), icon: <ScrollText aria-hidden /> }]
      : []),
    ...(hasPermission(actor.role, 'settings:write')
      ? [{ href: '/settings', label: t('nav.settings'), icon: <Settings aria-hidden /> }]
      : []),
  ]
  return (
    <div className="flex min-h-dvh flex-col pb-14 md:pb-0 print:block print:pb-0">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60 focus:rounded-control focus:bg-raised focus:px-3 focus:py-2 focus:shadow-raised"
      >
        {t('skip')}
      </a>
      <header className="sticky top-0 z-30 border-b border-line bg-surface print:hidden">
        <div className="flex items-center gap-2 px-3 py-2 md:gap-4 md:px-4">
          <Link
            href="/accounts"
            className="flex min-h-6 items-center gap-1.5 rounded-control text-lg font-semibold"
          >
            <VolumeX aria-hidden className="size-5 text-accent-text" />
            <span className="max-md:sr-only">{common('brand')}</span>
          </Link>
          <div className="min-w-0 flex-1 md:order-1 md:max-w-xl">{search}</div>
          <div className="flex items-center gap-2 md:order-2 md:ms-auto">
            {runs}
            <ModeratorMenu name={actor.name} role={actor.role} theme={theme} />
          </div>
          <Nav entries={entries} />
        </div>
        {inquiry}
      </header>
      <main id="content" tabIndex={-1} className="flex-1 px-3 py-4 outline-none md:px-4">
        {children}
      </main>
      <Toaster />
    </div>
  )
}
