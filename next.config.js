import createNextIntlPlugin from 'next-intl/plugin'

const withNextIntl = createNextIntlPlugin({
  requestConfig: './lib/i18n/request.ts',
  experimental: {
    // Messages are compiled when the console is built, so that browsers need no parser for them (9 kB).
    messages: {
      path: './lib/i18n/messages',
      format: 'json',
      locales: ['en', 'zh-CN', 'ja'],
      sourceLocale: 'en',
      precompile: true,
    },
  },
})

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
  // Loading every page before the first answer costs a third of the start; the first visitor of each page pays for it.
  experimental: { preloadEntriesOnStart: false },
}

export default withNextIntl(config)
