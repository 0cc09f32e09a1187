/** `npm run build`: the Prisma client, the pages and the server's bundle, where they are not of these very sources. */
import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { withBuildLock } from './build-lock.mjs'
import {
  clientStamp,
  isBuilt,
  isClientGenerated,
  root,
  sourceStamp,
  writeBuildStamp,
  writeClientStamp,
} from './stamp.mjs'

const ENVIRONMENT = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1' }
const ORPHAN_WAIT_MS = 300_000
const POLL_MS = 1_000

export function build() {
  return withBuildLock(async () => {
    if (isBuilt()) return
    // Of before the build: what changes while it runs makes the next start build again.
    const stamp = sourceStamp()
    await generate()
    await buildPages()
    await bundle()
    await bundleWidget()
    writeBuildStamp(stamp)
  })
}

export function generateClient() {
  return withBuildLock(generate)
}

async function generate() {
  if (isClientGenerated()) return
  const stamp = clientStamp()
  // Generating needs no schema engine but insists on finding one, and would download it: any program will do.
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath }
  await run('prisma generate', ['node_modules/prisma/build/index.js', 'generate'], env)
  writeClientStamp(stamp)
}

/** A build whose parent was killed runs on and keeps Next's own lock: it is waited for. */
async function buildPages() {
  const deadline = Date.now() + ORPHAN_WAIT_MS
  for (;;) {
    try {
      return await run('next build', ['node_modules/next/dist/bin/next', 'build'])
    } catch (error) {
      if (!error.output?.includes('Another next build process') || Date.now() > deadline) throw error
      await delay(POLL_MS)
    }
  }
}

async function bundle() {
  const { build: esbuild } = await import('esbuild')
  const cli = 'src/server/cli/main.ts'
  await esbuild({
    absWorkingDir: root,
    entryPoints: { server: 'server.ts', ...(existsSync(path.join(root, cli)) ? { cli } : {}) },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: true,
    logLevel: 'error',
  })
}

/** The script of a website's pages and the frame that it opens: what visitors load, apart from everything of Next's. */
export async function bundleWidget(outdir = 'dist/widget') {
  const { build: esbuild } = await import('esbuild')
  // Names bear a hash: what an earlier build left would be taken for this one's.
  rmSync(path.resolve(root, outdir), { recursive: true, force: true })
  const common = { absWorkingDir: root, bundle: true, minify: true, platform: 'browser', logLevel: 'error' }
  const from = 'src/components/widget'
  await esbuild({
    ...common,
    entryPoints: { widget: `${from}/loader/loader.ts` },
    outdir,
    format: 'iife',
    target: 'es2021',
  })
  await esbuild({
    ...common,
    entryPoints: { app: `${from}/app/main.tsx`, style: `${from}/app/app.css` },
    outdir: `${outdir}/assets`,
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file' },
    format: 'iife',
    target: 'es2022',
  })
}

/** Runs a tool with this Node, quietly; what it wrote is shown when it fails. */
function run(name, args, env = {}) {
  return new Promise((resolve, reject) => {
    const output = []
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...ENVIRONMENT, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const stop = (signal) => {
      child.kill(signal)
      child.once('close', () => process.exit(1))
    }
    process.on('SIGTERM', stop).on('SIGINT', stop)
    child.stdout.on('data', (chunk) => output.push(chunk))
    child.stderr.on('data', (chunk) => output.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      process.off('SIGTERM', stop).off('SIGINT', stop)
      if (code === 0) return resolve()
      reject(Object.assign(new Error(`${name} failed.`), { output: Buffer.concat(output).toString() }))
    })
  })
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await build().catch((error) => {
    console.error(error.output ? `${error.output}\n${error.message}` : error)
    process.exit(1)
  })
}
