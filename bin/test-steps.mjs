import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './stamp.mjs'

const running = new Set()

/** A tool that only passes or fails. */
export async function runTool(name, folder, args) {
  const { ok, seconds } = await run(name, folder, args)
  tell(name, ok ? 'ok' : 'failed', seconds)
  return { passed: 0, failed: ok ? 0 : 1 }
}

export function runVitest(project, folder) {
  const report = path.join(folder, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', project, ...reporters]
  return runRunner(project, folder, args, {}, () => {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = readReport(report)
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
  })
}

export function runPlaywright(folder, environment) {
  const report = path.join(folder, 'browser.json')
  const args = [
    'node_modules/@playwright/test/cli.js',
    'test',
    '-c',
    'e2e/playwright.config.ts',
    '--reporter=list,json',
  ]
  const env = { ...environment, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
  return runRunner('browser', folder, args, env, () => {
    const { expected, unexpected, flaky, skipped } = readReport(report).stats
    return { passed: expected, failed: unexpected + flaky, skipped }
  })
}

/** A runner that fails without a failed test (a file that does not load, a leaked error) counts as one failure. */
async function runRunner(name, folder, args, env, count) {
  const { ok, seconds } = await run(name, folder, args, env)
  const { passed, failed, skipped } = countOrNothing(count)
  const failures = ok ? failed : Math.max(failed, 1)
  tell(name, `${passed} passed, ${failures} failed${skipped ? `, ${skipped} skipped` : ''}`, seconds)
  return { passed, failed: failures }
}

function countOrNothing(count) {
  try {
    return count()
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

function readReport(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** The tool's own process group, so that an interrupted run takes along whatever it had started. */
function run(name, folder, args, env = {}) {
  const began = Date.now()
  const log = path.join(folder, `${name}.log`)
  const output = openSync(log, 'w')
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      detached: process.platform !== 'win32',
      env: { ...process.env, ...env, NEXT_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1' },
      stdio: ['ignore', output, output],
    })
    running.add(child)
    const finish = (ok) => {
      running.delete(child)
      closeSync(output)
      if (!ok) console.log(readFileSync(log, 'utf8'))
      resolve({ ok, seconds: (Date.now() - began) / 1000 })
    }
    child.on('error', () => finish(false))
    child.on('exit', (code) => finish(code === 0))
  })
}

export function stopAll() {
  for (const child of running) {
    try {
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGTERM')
    } catch {
      // It ended by itself this very moment.
    }
  }
}

function tell(name, result, seconds) {
  console.log(`${name.padEnd(12)} ${result}, ${seconds.toFixed(1)} s`)
}
