import { clientTexts } from '@/lib/i18n/client-texts'
import { isLocale } from '@/lib/i18n/locales'

type Params = { locale: string; version: string }

const year = 31_536_000

/**
 * The texts of a language, which are in every browser's hands anyway, so it needs no actor. Only under the address that
 * pages of this build name: one of another build, which an instance beside this one may be, has other texts.
 */
export async function GET(_request: Request, { params }: { params: Promise<Params> }): Promise<Response> {
  const { locale, version } = await params
  const texts = isLocale(locale) ? clientTexts(locale) : null
  if (texts?.version !== version)
    return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } })
  return new Response(texts.json, {
    headers: {
      'content-type': 'application/json',
      'cache-control': `public, max-age=${year}, immutable`,
    },
  })
}
