import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { SignInForm } from '@/components/auth/sign-in-form'
import { safeCallbackPath } from '@/lib/auth/callback-path'
import { findActor } from '@/lib/auth/find-actor'
import { signInLimits } from '@/lib/auth/schemas'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth')
  return { title: t('title') }
}

/** The form to sign in with; whoever is signed in already goes on to the page they asked for. */
export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const path = safeCallbackPath((await searchParams).callbackUrl)
  if (await findActor()) redirect(path)
  const t = await getTranslations('auth')
  const common = await getTranslations('common')
  const longestWaitMinutes = Math.ceil(signInLimits.windowSeconds / 60)
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-6 p-4">
      <header className="flex flex-col gap-1">
        <h1 className="font-semibold text-xl">{common('brand')}</h1>
        <p className="text-muted">{t('tagline')}</p>
      </header>
      <SignInForm
        path={path}
        texts={{
          label: t('title'),
          email: t('email'),
          password: t('password'),
          submit: t('submit'),
          submitting: t('submitting'),
          emailMissing: t('emailMissing'),
          passwordMissing: t('passwordMissing'),
          credentials: t('credentials'),
          unavailable: t('unavailable'),
          throttledByMinutes: Array.from({ length: longestWaitMinutes }, (_, index) =>
            t('throttled', { minutes: index + 1 }),
          ),
        }}
      />
      <noscript>{t('noScript')}</noscript>
      <p className="text-muted text-sm">{t('help')}</p>
    </main>
  )
}
