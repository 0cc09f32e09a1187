import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bundleWidget } from '../../../bin/build.mjs'
import { MAX_WIDGET_OUTBOX } from '../../server/contract/widget.ts'
import { MAX_OUTBOX } from './app/outbox.ts'

const KB = 1_000
const MAX_LOADER = 6 * KB
const MAX_APP = 60 * KB

const folder = mkdtempSync(path.join(os.tmpdir(), 'peyk-widget-'))
beforeAll(() => bundleWidget(folder))
afterAll(() => rmSync(folder, { recursive: true }))

const packed = (file: string) => gzipSync(readFileSync(path.join(folder, file))).length
const texts = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(js|css)$/.test(name))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))

it('costs a page less than 6 kB, and whoever opens it less than 60', () => {
  expect(packed('widget.js')).toBeLessThan(MAX_LOADER)
  const names = readdirSync(path.join(folder, 'assets')).filter((name) => /\.(js|css)$/.test(name))
  expect(names).toHaveLength(2)
  expect(names.reduce((sum, name) => sum + packed(`assets/${name}`), 0)).toBeLessThan(MAX_APP)
})

it('needs nothing that a strict policy forbids, and carries no server’s code', () => {
  for (const text of texts()) {
    expect(text).not.toMatch(/\beval\(|new Function\(|ZodError/)
    expect(text).not.toMatch(/process\.env/)
  }
})

it('makes nodes of what people write, never markup', () => {
  const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
    .map((name) => readFileSync(path.join(import.meta.dirname, name), 'utf8'))
  expect(sources.length).toBeGreaterThan(15)
  for (const source of sources) expect(source).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write/i)
})

it('keeps as many unsent messages as the contract says', () => {
  expect(MAX_OUTBOX).toBe(MAX_WIDGET_OUTBOX)
})
