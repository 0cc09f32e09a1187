import createNextIntlPlugin from 'next-intl/plugin'

// Next takes this switch from the environment only, and reads it after this file.
process.env.NEXT_TELEMETRY_DISABLED = '1'

const withNextIntl = createNextIntlPlugin({
  requestConfig: './src/app/_i18n/request.ts',
  experimental: {
    // Compiled by the build, words need no parser in the browser: 9 kB less until a thread can be answered.
    messages: { path: './src/components/translations', format: 'json', locales: 'infer', precompile: true },
  },
})

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
