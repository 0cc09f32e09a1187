import { describe, expect, it } from 'vitest'
import { shortcutOf } from './shortcuts.ts'

const key = (code: string, change: object = {}) => ({
  code,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...change,
})
const idle = { isTyping: false, afterG: false, hasSingleKeys: true }

describe('shortcuts', () => {
  it('go by the place of a key, whatever letter is on it', () => {
    expect(shortcutOf(key('KeyJ'), idle)).toBe('next')
    expect(shortcutOf(key('Slash'), idle)).toBe('search')
    expect(shortcutOf(key('Slash', { shiftKey: true }), idle)).toBe('help')
  })

  it('are letters while somebody writes', () => {
    expect(shortcutOf(key('KeyJ'), { ...idle, isTyping: true })).toBeNull()
    expect(shortcutOf(key('KeyJ', { altKey: true }), { ...idle, isTyping: true })).toBe('next')
    expect(shortcutOf(key('F6'), { ...idle, isTyping: true })).toBe('pane')
  })

  it("leave the browser's own alone", () => {
    expect(shortcutOf(key('KeyR', { ctrlKey: true }), idle)).toBeNull()
    expect(shortcutOf(key('KeyK', { metaKey: true }), idle)).toBeNull()
  })

  it('of single letters can be switched off', () => {
    expect(shortcutOf(key('KeyE'), { ...idle, hasSingleKeys: false })).toBeNull()
    expect(shortcutOf(key('KeyE', { altKey: true }), { ...idle, hasSingleKeys: false })).toBe('resolve')
  })

  it('after G lead elsewhere', () => {
    expect(shortcutOf(key('KeyS'), { ...idle, afterG: true })).toBe('goSettings')
    expect(shortcutOf(key('KeyI'), { ...idle, afterG: true })).toBe('goInbox')
    expect(shortcutOf(key('KeyI'), idle)).toBe('panel')
  })
})
