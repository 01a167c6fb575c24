'use client'

import { Keyboard, LogOut } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { lazy, Suspense, useId, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { RadioChips } from '@/components/ui/choice'
import { SafeText, safePlain } from '@/components/ui/safe-text'
import { toast } from '@/components/ui/toast-store'
import type { Role } from '@/lib/auth/roles'
import { type Locale, localeNames, locales } from '@/lib/i18n/locales'
import { localeCookie, type Theme, themeCookie, themes } from '@/lib/i18n/preferences'
import { rememberChoice } from './preferences'
import { useShortcut, useShortcutKeys } from './shortcuts'
import { signOut } from './sign-out'
import { useUndoKey } from './undo-key'

const ShortcutSheet = lazy(async () => ({ default: (await import('./shortcut-sheet')).ShortcutSheet }))

type ModeratorMenuProps = { name: string; role: Role; theme: Theme }

/** Who is signed in, with language, appearance, the list of keys and the way out. The browser's own popover. */
export function ModeratorMenu({ name, role, theme: renderedTheme }: ModeratorMenuProps) {
  const t = useTranslations('shell')
  const router = useRouter()
  const id = useId()
  const panel = useRef<HTMLElement>(null)
  const [isSheetOpen, setSheetOpen] = useState<boolean>()
  const [isLeaving, setLeaving] = useState(false)
  // Ahead of the server, which renders the same a moment later.
  const [locale, setLocale] = useState(useLocale())
  const [theme, setTheme] = useState(renderedTheme)
  useShortcutKeys()
  useUndoKey()
  useShortcut({ key: '?', label: t('shortcuts.help'), run: openSheet })

  function openSheet() {
    panel.current?.hidePopover()
    setSheetOpen(true)
  }
  function choose(cookie: string, value: string) {
    rememberChoice(cookie, value)
    router.refresh()
  }
  function chooseLocale(chosen: Locale) {
    setLocale(chosen)
    choose(localeCookie, chosen)
  }
  function chooseTheme(chosen: Theme) {
    setTheme(chosen)
    document.documentElement.dataset.theme = chosen
    choose(themeCookie, chosen)
  }
  async function leave() {
    setLeaving(true)
    if (await signOut()) return
    setLeaving(false)
    toast({ title: t('menu.signOutFailed'), description: t('menu.signOutFailedAdvice'), tone: 'danger' })
  }

  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={t('menu.open', { name: safePlain(name) })}
        className="flex size-control shrink-0 items-center justify-center rounded-full border border-line-strong bg-accent-soft font-semibold text-accent-text"
      >
        <span aria-hidden>{initialOf(name)}</span>
      </button>
      <section
        ref={panel}
        id={id}
        popover="auto"
        aria-label={t('menu.open', { name: safePlain(name) })}
        className="fixed inset-auto end-2 top-14 m-0 max-h-[calc(100dvh-8rem)] w-72 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-panel border border-line bg-raised p-3 text-text shadow-raised open:flex open:flex-col open:gap-4"
      >
        <div>
          <p className="font-semibold">
            <SafeText text={name} />
          </p>
          <p className="text-sm text-muted">{t(`roles.${role}`)}</p>
        </div>
        <RadioChips
          legend={t('menu.language')}
          value={locale}
          choices={locales.map((value) => ({ value, label: <span lang={value}>{localeNames[value]}</span> }))}
          onChange={chooseLocale}
        />
        <RadioChips
          legend={t('menu.theme')}
          value={theme}
          choices={themes.map((value) => ({ value, label: t(`themes.${value}`) }))}
          onChange={chooseTheme}
        />
        <div className="flex flex-col gap-1.5 border-t border-line pt-3">
          <Button icon={<Keyboard aria-hidden className="size-4" />} shortcut="?" onClick={openSheet}>
            {t('menu.shortcuts')}
          </Button>
          <Button icon={<LogOut aria-hidden className="size-4" />} isBusy={isLeaving} onClick={leave}>
            {t('menu.signOut')}
          </Button>
        </div>
      </section>
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
