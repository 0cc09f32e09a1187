/**
 * `npm run check` = `node bin/test.mjs check`: types, lint and unit tests, which need nothing but Node.
 * `npm test` = `node bin/test.mjs`: these, then the build, PostgreSQL, Redis and the browser.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { generateClient } from './build.mjs'
import { ensurePrerequisites, findChromium } from './prerequisites.mjs'
import { root } from './stamp.mjs'
import { runPlaywright, runTool, runVitest, stopAll } from './test-steps.mjs'

const folder = mkdtempSync(path.join(os.tmpdir(), 'peyk-test-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    stopAll()
    process.exit(1)
  })
}

async function check() {
  await generateClient()
  const next = 'node_modules/next/dist/bin/next'
  const missing = !existsSync(path.join(root, 'next-env.d.ts'))
  const routes = missing ? await runTool('route types', folder, [next, 'typegen']) : null
  const steps = await Promise.all([
    runTool('types', folder, ['node_modules/typescript/bin/tsc', '--noEmit']),
    runTool('lint', folder, ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']),
    runVitest('unit', folder),
  ])
  return routes ? [routes, ...steps] : steps
}

async function everythingElse() {
  // The build computes while the databases of the others start and stop.
  const [built, integration] = await Promise.all([
    runTool('build', folder, ['bin/build.mjs']),
    runVitest('integration', folder),
  ])
  const environment = { CHROMIUM_PATH: findChromium() ?? '' }
  return [built, integration, ...(built.failed ? [] : [await runPlaywright(folder, environment)])]
}

async function main(what) {
  if (what !== 'check' && !ensurePrerequisites()) return 1
  const results = await check()
  if (what !== 'check') results.push(...(await everythingElse()))
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
  return sum('failed') === 0 ? 0 : 1
}

try {
  process.exitCode = await main(process.argv[2])
} catch (error) {
  console.error(error.output ? `${error.output}\n${error.message}` : error)
  process.exitCode = 1
}
