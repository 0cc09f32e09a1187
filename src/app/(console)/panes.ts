/** Carries the focus to the next pane that can be seen. */
export const cyclePanes = (step: 1 | -1): void => {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter(
    (pane) => pane.checkVisibility({ visibilityProperty: true }) && !pane.closest('[inert]'),
  )
  if (panes.length === 0) return
  const current = panes.findIndex((pane) => pane.contains(document.activeElement))
  const next = panes.at((current + step) % panes.length) ?? panes[0]
  const entry = next?.querySelector<HTMLElement>(
    '[data-pane-entry], textarea, [data-conversation][tabindex="0"]',
  )
  ;(entry ?? next)?.focus()
}
