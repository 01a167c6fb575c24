import createNextIntlPlugin from 'next-intl/plugin'

const withNextIntl = createNextIntlPlugin('./lib/i18n/request.ts')

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // Native and WASM packages that must be loaded from node_modules as they are.
  serverExternalPackages: ['@electric-sql/pglite', '@node-rs/argon2', 'pg', 'pg-boss', 'pino', 'undici'],
  // The production type check is a step of `npm test`, over the tests too.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
}

export default withNextIntl(config)
