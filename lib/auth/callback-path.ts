/** Where a person lands who asked for no page in particular. */
export const homePath = '/accounts'
/** The page with the sign-in form. */
export const signInPath = '/sign-in'

const maxPathLength = 2048
/** Only ever the base to resolve against: RFC 2606 keeps this name from being anybody's. */
const nowhere = 'http://console.invalid'

/**
 * The page to go to after signing in: a path of this console, with its query and fragment. Whatever could lead
 * elsewhere, to an API or back to the form becomes the home page.
 */
export function safeCallbackPath(asked: unknown): string {
  if (typeof asked !== 'string' || asked.length > maxPathLength || !asked.startsWith('/')) return homePath
  // Browsers read a backslash as a slash and drop tabs and line breaks; no page of ours has any of them.
  if (/[\\\p{Cc}]/u.test(asked)) return homePath
  if (!URL.canParse(asked, nowhere)) return homePath
  const url = new URL(asked, nowhere)
  // `//host` names a host, also when it appears only after `/.//host` has been resolved.
  if (url.origin !== nowhere || url.pathname.startsWith('//')) return homePath
  if (isUnder(url.pathname, signInPath) || isUnder(url.pathname, '/api') || isUnder(url.pathname, '/_next')) {
    return homePath
  }
  return `${url.pathname}${url.search}${url.hash}`
}

/** The sign-in page that comes back to `path`. */
export function signInPathFor(path: string): string {
  const target = safeCallbackPath(path)
  return target === homePath ? signInPath : `${signInPath}?callbackUrl=${encodeURIComponent(target)}`
}

function isUnder(pathname: string, parent: string): boolean {
  return pathname === parent || pathname.startsWith(`${parent}/`)
}
