import { defineConfig, devices } from '@playwright/test'
import { findChromium } from '../bin/prerequisites.mjs'

const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

// Chromium refuses to run as root inside its own sandbox.
const args = process.getuid?.() === 0 ? ['--no-sandbox', ...QUIET] : QUIET
const executablePath = process.env.CHROMIUM_PATH || findChromium() || undefined

export default defineConfig({
  testDir: '.',
  outputDir: '.results',
  globalSetup: './support/run-log.ts',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  use: {
    ...devices['Desktop Chrome'],
    launchOptions: { args, ...(executablePath ? { executablePath } : {}) },
    // Recording costs every test; `--trace retain-on-failure` asks for it.
    trace: 'off',
  },
  projects: [
    // Whatever ran, and however it went: what its servers wrote is searched at the end.
    { name: 'product', testIgnore: 'log-scan.spec.ts', teardown: 'logs' },
    { name: 'logs', testMatch: 'log-scan.spec.ts' },
  ],
})
