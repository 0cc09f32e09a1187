// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { createRef } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { MAX_CONSOLE_CONTENT } from '../../server/contract/limits.ts'
import { Composer } from './composer.tsx'
import { renderIn } from './words.testing.tsx'

afterEach(cleanup)

const show = (change: Partial<Parameters<typeof Composer>[0]> = {}, locale: 'fa' | 'en' = 'en') => {
  const acts = {
    onDraft: vi.fn(),
    onSend: vi.fn(() => true),
    onTyping: vi.fn(),
    onStopTyping: vi.fn(),
    onEscape: vi.fn(),
    onFiles: vi.fn(),
  }
  renderIn(
    locale,
    <Composer
      draft=""
      placeholder="Reply"
      sendKey="enter"
      inputRef={createRef<HTMLTextAreaElement>()}
      number={String}
      hasFiles={false}
      wait={null}
      tray={null}
      {...acts}
      {...change}
    />,
  )
  const input = screen.getByRole<HTMLTextAreaElement>('textbox')
  const write = (value: string) => fireEvent.change(input, { target: { value } })
  const enter = (init: KeyboardEventInit & { keyCode?: number } = {}) =>
    fireEvent.keyDown(input, { key: 'Enter', keyCode: 13, ...init })
  return { ...acts, ...change, input, write, enter }
}

describe('files', () => {
  const pasted = (types: string[], files: File[]) => ({
    clipboardData: { types, files, getData: () => 'text' },
  })
  const photo = new File(['x'], 'photo.png', { type: 'image/png' })

  it('go without a word, and hold everything back while one is on its way', () => {
    const { onSend, enter } = show({ hasFiles: true })
    enter()
    expect(onSend).toHaveBeenCalledExactlyOnceWith('')
    cleanup()
    const busy = show({ hasFiles: true, wait: 'Files are still uploading.' })
    busy.enter()
    expect(busy.onSend).not.toHaveBeenCalled()
    expect(screen.getByRole('status').textContent).toBe('Files are still uploading.')
  })

  it('are pasted, and a copied text stays a text though a picture of it comes along', () => {
    const { onFiles, input } = show()
    fireEvent.paste(input, pasted(['Files'], [photo]))
    expect(onFiles).toHaveBeenCalledExactlyOnceWith([photo])
    fireEvent.paste(input, pasted(['text/plain', 'Files'], [photo]))
    expect(onFiles).toHaveBeenCalledTimes(1)
  })

  it('are chosen by a button that has a name, and by none where the channel takes none', () => {
    const { onFiles } = show()
    fireEvent.change(screen.getByTestId('files'), { target: { files: [photo] } })
    expect(onFiles).toHaveBeenCalledExactlyOnceWith([photo])
    expect(screen.getByRole('button', { name: 'Attach files' })).toBeTruthy()
    cleanup()
    show({ onFiles: null })
    expect(screen.queryByRole('button', { name: 'Attach files' })).toBeNull()
  })
})

describe('Enter', () => {
  it('sends, empties the box and keeps the focus in it', () => {
    const { onSend, onDraft, input, write, enter } = show()
    write('سلام')
    enter()
    expect(onSend).toHaveBeenCalledExactlyOnceWith('سلام')
    expect(input.value).toBe('')
    expect(onDraft).toHaveBeenLastCalledWith('')
    expect(document.activeElement).toBe(input)
  })

  it('while an input method composes chooses a word and sends nothing', () => {
    const { onSend, input, write, enter } = show()
    write('にほん')
    enter({ isComposing: true })
    enter({ keyCode: 229 })
    expect(onSend).not.toHaveBeenCalled()
    expect(input.value).toBe('にほん')
  })

  it('with Shift begins a line', () => {
    const { onSend, write, enter } = show()
    write('one')
    expect(enter({ shiftKey: true })).toBe(true)
    expect(onSend).not.toHaveBeenCalled()
  })

  it('alone begins a line for those who send with Ctrl and Enter', () => {
    const { onSend, write, enter } = show({ sendKey: 'mod-enter' })
    write('one')
    enter()
    expect(onSend).not.toHaveBeenCalled()
    enter({ ctrlKey: true })
    expect(onSend).toHaveBeenCalledOnce()
  })

  it('sends no empty message', () => {
    const { onSend, write, enter } = show()
    write(' \n ')
    enter()
    expect(onSend).not.toHaveBeenCalled()
  })
})

describe('a message that cannot go', () => {
  it('stays in the box when it is not taken', () => {
    const { input, write, enter } = show({ onSend: () => false })
    write('سلام')
    enter()
    expect(input.value).toBe('سلام')
  })

  it('is too long with a reason, in both languages, and the button says that it is off', () => {
    const { onSend, write, enter } = show({}, 'fa')
    write('ا'.repeat(MAX_CONSOLE_CONTENT + 2))
    enter()
    expect(onSend).not.toHaveBeenCalled()
    expect(screen.getByRole('alert').textContent).toContain('بلندتر از اندازه')
    expect(screen.getByRole('button', { name: 'ارسال' }).getAttribute('aria-disabled')).toBe('true')
  })
})

describe('what others learn', () => {
  it('that one types, and that one stopped when all is deleted or the box is left', () => {
    const { onTyping, onStopTyping, input, write } = show()
    write('س')
    expect(onTyping).toHaveBeenCalledOnce()
    write('')
    fireEvent.blur(input)
    expect(onStopTyping).toHaveBeenCalledTimes(2)
  })
})

it('a draft is there again', () => {
  expect(show({ draft: 'half a thought' }).input.value).toBe('half a thought')
})

it('Escape leaves', () => {
  const { onEscape, input } = show()
  fireEvent.keyDown(input, { key: 'Escape' })
  expect(onEscape).toHaveBeenCalledOnce()
})
