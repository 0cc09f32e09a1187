import { expect, test } from 'vitest'
import { preferenceCookie, toSendKey, toTheme } from './preferences.ts'

test('a stored theme is read back, and what is none follows the system', () => {
  expect(['dark', 'light', 'system', 'sepia', undefined].map(toTheme)).toEqual([
    'dark',
    'light',
    'system',
    'system',
    'system',
  ])
})

test('a stored send key is read back, and what is none is Enter', () => {
  expect(['mod-enter', 'enter', 'x', undefined].map(toSendKey)).toEqual([
    'mod-enter',
    'enter',
    'enter',
    'enter',
  ])
})

test('a choice is kept for the whole site, for a year, and does not travel to other sites', () => {
  expect(preferenceCookie('theme', 'dark', false)).toBe(
    'peyk.theme=dark; Path=/; Max-Age=31536000; SameSite=Lax',
  )
})

test('on https the choice stays on https', () => {
  expect(preferenceCookie('locale', 'fa', true)).toMatch(/; Secure$/)
})

test('a value cannot add attributes of its own', () => {
  expect(preferenceCookie('theme', 'x; Domain=evil.example', false)).not.toContain('Domain=')
})
