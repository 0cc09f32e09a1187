import createNextIntlPlugin from 'next-intl/plugin'

// Next takes this switch from the environment only, and reads it after this file.
process.env.NEXT_TELEMETRY_DISABLED = '1'

const withNextIntl = createNextIntlPlugin('./src/app/_i18n/request.ts')

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  // Without it Next answers POSTs to paths that end in a slash with 308.
  skipTrailingSlashRedirect: true,
  // `npm run check` checks types, once for the whole repository.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
  devIndicators: false,
  allowedDevOrigins: ['localhost', '127.0.0.1', '[::1]'],
}

export default withNextIntl(config)
