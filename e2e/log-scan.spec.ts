import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { findSecrets } from './support/find-secrets.ts'
import { readRun } from './support/run-log.ts'

const SECRET = { kind: 'password', value: 'horse/battery+staple' }

test('a secret that is planted in a log is found, however it is spelled', () => {
  const planted = [
    `{"level":50,"msg":"signing in with ${SECRET.value} failed"}`,
    `GET /login?p=${encodeURIComponent(SECRET.value)}`,
    'GET /ws/?token=eyJhbGciOiJIUzUxMiJ9.eyJ1c2VyX2lkIjoxfQ.c2lnbmF0dXJl',
    'peyk_uNguessable-0123456789_abcdefghijklmno',
    'fetch /bot7000000001:AAE-the_secret-of-bot-0123456789xyz/getMe',
    'postgresql://peyk:hunter2@db/peyk',
    'Authorization: Bearer abcdefgh1234',
    'ab'.repeat(32),
  ]
  for (const text of planted) {
    const found = findSecrets([{ name: 'a.log', text: `Peyk is ready\n${text}\n` }], [SECRET])
    expect(found, text).toMatchObject([{ log: 'a.log', line: 2 }])
    expect(JSON.stringify(found)).not.toContain(SECRET.value)
  }
})

test('a log that says what it may is clean, the demo’s sign-in included', () => {
  const text = `Peyk is ready at http://localhost:1\nDemo sign-in: sara / ${SECRET.value}\nat postgresql://peyk:[redacted]@db\n`
  expect(findSecrets([{ name: 'a.log', text }], [SECRET])).toEqual([])
})

test('nothing starts a server without keeping its log', () => {
  const starters = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('.'))
    .filter((name) =>
      /\bspawn\(process\.execPath/.test(readFileSync(path.join(import.meta.dirname, name), 'utf8')),
    )
  expect(starters.sort()).toEqual(['support/node.ts', 'support/server.ts'])
  for (const name of starters)
    expect(readFileSync(path.join(import.meta.dirname, name), 'utf8'), name).toContain('keepLog(')
})

test('no log of this run holds a token, a password or a key that it used', () => {
  const { logs, secrets } = readRun()
  expect(logs.filter(({ text }) => text.includes('Peyk is ready at')).length).toBeGreaterThan(0)
  const kinds = new Set(secrets.map(({ kind }) => kind))
  expect(kinds.size, [...kinds].join(', ')).toBeGreaterThan(3)
  expect(findSecrets(logs, secrets)).toEqual([])
})
