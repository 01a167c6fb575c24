'use client'

import { Keyboard, LogOut } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { Menu, MenuHeading, MenuItem, MenuLine, MenuRadio } from '@/components/ui/menu'
import { safePlain } from '@/components/ui/safe-text'
import { toast } from '@/components/ui/toast-store'
import type { Role } from '@/lib/auth/roles'
import { localeNames, locales } from '@/lib/i18n/locales'
import { localeCookie, type Theme, themeCookie, themes } from '@/lib/i18n/preferences'
import { rememberChoice } from './preferences'
import { useShortcut, useShortcutKeys } from './shortcuts'
import { signOut } from './sign-out'

const ShortcutSheet = lazy(async () => ({ default: (await import('./shortcut-sheet')).ShortcutSheet }))

type ModeratorMenuProps = { name: string; role: Role; theme: Theme }

/** Who is signed in, with language, appearance, the list of keys and the way out. */
export function ModeratorMenu({ name, role, theme }: ModeratorMenuProps) {
  const t = useTranslations('shell')
  const locale = useLocale()
  const router = useRouter()
  const [isSheetOpen, setSheetOpen] = useState<boolean>()
  useShortcutKeys()
  useShortcut({ key: '?', label: t('shortcuts.help'), run: () => setSheetOpen(true) })

  function choose(cookie: string, value: string) {
    rememberChoice(cookie, value)
    router.refresh()
  }
  function chooseTheme(chosen: Theme) {
    // At once, so that the eye need not wait for the server, which renders the same.
    document.documentElement.dataset.theme = chosen
    choose(themeCookie, chosen)
  }
  async function leave() {
    if (await signOut()) return
    toast({ title: t('menu.signOutFailed'), description: t('menu.signOutFailedAdvice'), tone: 'danger' })
  }

  return (
    <>
      <Menu
        trigger={
          <button
            type="button"
            aria-label={t('menu.open', { name: safePlain(name) })}
            title={safePlain(name)}
            className="flex size-control shrink-0 items-center justify-center rounded-full border border-line-strong bg-accent-soft font-semibold text-accent-text"
          >
            <span aria-hidden>{initialOf(name)}</span>
          </button>
        }
      >
        <MenuHeading>
          <span className="block font-semibold">{safePlain(name)}</span>
          <span className="block text-sm text-muted">{t(`roles.${role}`)}</span>
        </MenuHeading>
        <MenuLine />
        <MenuRadio
          label={t('menu.language')}
          value={locale}
          choices={locales.map((value) => ({ value, label: localeNames[value], lang: value }))}
          onChange={(chosen) => choose(localeCookie, chosen)}
        />
        <MenuLine />
        <MenuRadio
          label={t('menu.theme')}
          value={theme}
          choices={themes.map((value) => ({ value, label: t(`themes.${value}`) }))}
          onChange={chooseTheme}
        />
        <MenuLine />
        <MenuItem icon={<Keyboard aria-hidden />} onSelect={() => setSheetOpen(true)}>
          {t('menu.shortcuts')}
        </MenuItem>
        <MenuItem icon={<LogOut aria-hidden />} onSelect={leave}>
          {t('menu.signOut')}
        </MenuItem>
      </Menu>
      {isSheetOpen !== undefined && (
        <Suspense>
          <ShortcutSheet isOpen={isSheetOpen} onOpenChange={setSheetOpen} />
        </Suspense>
      )}
    </>
  )
}

/** The first letter of a name, whatever its script. */
function initialOf(name: string): string {
  return /\p{L}|\p{N}/u.exec(name)?.[0].toLocaleUpperCase() ?? '?'
}
