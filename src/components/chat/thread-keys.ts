import type { KeyboardEvent } from 'react'

/** The arrows lead from message to message, from the newest; Enter opens what can be done with the one that is reached. */
export const moveAmongMessages = (event: KeyboardEvent<HTMLElement>): void => {
  const { key, currentTarget: log, target } = event
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !(target instanceof HTMLElement))
    return
  const row = target.dataset.message === undefined ? null : target
  if (!row && target !== log) return
  if (key === 'Enter' && row) openMoves(row, event)
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return
  const rows = [...log.querySelectorAll<HTMLElement>('[data-message]')]
  const at = row ? rows.indexOf(row) + (key === 'ArrowUp' ? -1 : 1) : rows.length - 1
  const next = rows[at]
  if (!next) return
  event.preventDefault()
  next.focus({ preventScroll: true })
  next.scrollIntoView({ block: 'nearest' })
}

const openMoves = (row: HTMLElement, event: KeyboardEvent) => {
  const button = row.querySelector<HTMLElement>('[data-moves]')
  if (!button) return
  event.preventDefault()
  button.focus()
  // Before its menu is loaded the button asks for it at a click; the menu itself opens at the key alone.
  button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  button.click()
}
