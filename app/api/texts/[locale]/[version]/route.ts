import { clientTexts } from '@/lib/i18n/client-texts'
import { isLocale } from '@/lib/i18n/locales'

type Params = { locale: string; version: string }

const year = 31_536_000

/**
 * The texts of a language, which are in every browser's hands anyway, so it needs no actor. Under the address that pages
 * of this build name they are kept for good; a page of another build gets today's, and asks again.
 */
export async function GET(_request: Request, { params }: { params: Promise<Params> }): Promise<Response> {
  const { locale, version } = await params
  if (!isLocale(locale)) return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } })
  const texts = clientTexts(locale)
  const isThese = version === texts.version
  return new Response(texts.json, {
    headers: {
      'content-type': 'application/json',
      'cache-control': isThese ? `public, max-age=${year}, immutable` : 'no-store',
    },
  })
}
