import { setImmediate } from 'node:timers/promises'
import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { getLocale, getTimeZone } from 'next-intl/server'
import type { ReactNode } from 'react'
import { preload } from 'react-dom'
import { SearchBox } from '@/components/accounts/search-box'
import { SearchProvider } from '@/components/accounts/search-provider'
import { RunsBadge } from '@/components/bulk-mutes/runs-badge'
import { CategoriesProvider } from '@/components/reports/categories'
import { InquirySlot } from '@/components/reports/inquiry-slot'
import { Frame } from '@/components/shell/frame'
import { MessagesProvider } from '@/components/shell/messages-provider'
import { QueryProvider } from '@/components/shell/query-provider'
import { TimeZoneCookie } from '@/components/shell/time-zone-cookie'
import type { Actor } from '@/lib/auth/actor'
import { signInPathFor } from '@/lib/auth/callback-path'
import { findActor } from '@/lib/auth/find-actor'
import { hasPermission } from '@/lib/auth/roles'
import { activeBulkMutes } from '@/lib/bulk-mutes/active-query'
import { listActiveBulkMutes } from '@/lib/bulk-mutes/list-active'
import { appContext } from '@/lib/context'
import { pathHeader } from '@/lib/headers'
import { clientTexts } from '@/lib/i18n/client-texts'
import { themeCookie, themeOf } from '@/lib/i18n/preferences'
import { inquiries } from '@/lib/reports/inquiry-query'
import { listInquiries } from '@/lib/reports/list-inquiries'
import { listCategories } from '@/lib/settings/report-policies'
import { builtInCategories, type CategoryDto } from '@/lib/settings/report-rules'

/**
 * The frame of every page that needs a sign-in. It sends strangers to the form; each page takes the actor itself
 * nevertheless, since a layout is not asked again when only the page changes.
 */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const [actor, jar, head] = await Promise.all([findActor(), cookies(), headers()])
  if (!actor) redirect(signInPathFor(head.get(pathHeader) ?? ''))
  // Not waited for: the page is not begun before its frame is.
  const categories = categoriesFor(actor)
  const [locale, timeZone] = await Promise.all([getLocale(), getTimeZone()])
  const { href } = clientTexts(locale)
  // Beside the scripts, which ask for it only once they run.
  preload(href, { as: 'fetch', crossOrigin: 'anonymous' })
  return (
    <MessagesProvider locale={locale} timeZone={timeZone} href={href}>
      <TimeZoneCookie rendered={timeZone} />
      <QueryProvider actorId={actor.id}>
        <SearchProvider>
          <CategoriesProvider categories={categories}>
            <Frame
              actor={actor}
              theme={themeOf(jar.get(themeCookie)?.value)}
              search={<SearchBox />}
              runs={<Runs actor={actor} />}
              inquiry={hasPermission(actor.role, 'reports:work') && <Inquiry actor={actor} />}
            >
              {children}
            </Frame>
          </CategoriesProvider>
        </SearchProvider>
      </QueryProvider>
    </MessagesProvider>
  )
}

async function categoriesFor(actor: Actor): Promise<readonly CategoryDto[]> {
  await afterThePage()
  return hasPermission(actor.role, 'reports:read')
    ? listCategories(await appContext(), actor)
    : builtInCategories
}

/** What the page asks a provider takes longest: the frame's own questions must not stand in line before it. */
const afterThePage = () => setImmediate()

/** The badge of what is under way, in its place from the first moment on. */
async function Runs({ actor }: { actor: Actor }) {
  await afterThePage()
  const context = await appContext()
  const queryClient = new QueryClient()
  await queryClient.prefetchQuery({
    ...activeBulkMutes(),
    queryFn: () => listActiveBulkMutes(context, actor),
  })
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <RunsBadge />
    </HydrationBoundary>
  )
}

/** What the moderator has in hand, in its place from the first moment on. */
async function Inquiry({ actor }: { actor: Actor }) {
  await afterThePage()
  const context = await appContext()
  const queryClient = new QueryClient()
  await queryClient.prefetchQuery({ ...inquiries(), queryFn: () => listInquiries(context, actor) })
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <InquirySlot />
    </HydrationBoundary>
  )
}
