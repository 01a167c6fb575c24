/** Request headers that the proxy sets and the pages read; what a client sends under these names is thrown away. */
export const nonceHeader = 'x-nonce'
/** path and query of the page that was asked for, to come back to after signing in */
export const pathHeader = 'x-hushdesk-path'

const twoYears = 63_072_000

/** Powers of the browser that the console never uses; naming them forbids them here and in anything it would embed. */
const deniedFeatures = [
  ...['accelerometer', 'autoplay', 'browsing-topics', 'camera', 'display-capture', 'encrypted-media'],
  ...[
    'fullscreen',
    'gamepad',
    'geolocation',
    'gyroscope',
    'hid',
    'idle-detection',
    'local-fonts',
    'magnetometer',
  ],
  ...[
    'microphone',
    'midi',
    'otp-credentials',
    'payment',
    'picture-in-picture',
    'publickey-credentials-create',
  ],
  ...['publickey-credentials-get', 'screen-wake-lock', 'serial', 'storage-access', 'usb'],
  ...['window-management', 'xr-spatial-tracking'],
]

type PolicyOptions = {
  /** fresh for every response, at least 128 bits */
  nonce: string
  /** the development server evaluates code and keeps a socket open */
  isDevelopment: boolean
}

/**
 * The content security policy of a page: scripts only with this response's nonce, or loaded by one of those; style
 * sheets of our own or with the nonce. Style attributes in markup are refused too; scripts may set styles one by one.
 */
export function contentSecurityPolicy({ nonce, isDevelopment }: PolicyOptions): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    // The development server adds style sheets without a nonce.
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "media-src 'self'",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/**
 * The content security policy of what is no page, under `/api/`: data or a file, which opened as a page may do nothing
 * at all.
 */
export const dataPolicy = "default-src 'none'; frame-ancestors 'none'"

/** The headers of every response, beside the content security policy. `isSecure`: the console's own origin is https. */
export function securityHeaders({ isSecure }: { isSecure: boolean }): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'origin-agent-cluster': '?1',
    'x-dns-prefetch-control': 'off',
    'permissions-policy': deniedFeatures.map((feature) => `${feature}=()`).join(', '),
    // On plain http browsers ignore it, but a proxy's development host must not be locked into https.
    ...(isSecure ? { 'strict-transport-security': `max-age=${twoYears}; includeSubDomains` } : {}),
  }
}

/**
 * Whether a POST to a page was made by another site's page: Next answers those with a bare 500, before any action runs.
 * What merely has another origin than `appOrigin` but comes from the very host it is sent to, like the console under a
 * second name, is left to the actions, which refuse it in words.
 */
export function isForeignPost(
  { method, headers }: { method: string; headers: Headers },
  appOrigin: string,
): boolean {
  const origin = headers.get('origin')
  if (method !== 'POST' || origin === null || origin === appOrigin) return false
  const host = URL.parse(origin)?.host
  const forwarded = headers.get('x-forwarded-host')?.split(',')[0]?.trim()
  return !host || (host !== forwarded && host !== headers.get('host'))
}
