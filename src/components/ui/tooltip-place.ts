export const SIDES = ['top', 'bottom', 'left', 'right'] as const
export type Side = (typeof SIDES)[number]

interface Size {
  width: number
  height: number
}

interface Box extends Size {
  left: number
  top: number
}

const GAP = 6
const MARGIN = 8
const OPPOSITE = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' } as const

/** Where a tooltip stands: beside its anchor, on the other side where there is no room, and always inside the window. */
export const placeTooltip = (anchor: Box, tip: Size, side: Side, view: Size) => {
  const wanted = spotAt(anchor, tip, side)
  const { left, top } = hasRoom(wanted, tip, side, view) ? wanted : spotAt(anchor, tip, OPPOSITE[side])
  return { left: clamp(left, view.width - tip.width), top: clamp(top, view.height - tip.height) }
}

const spotAt = (anchor: Box, tip: Size, side: Side) => {
  const middle = {
    left: anchor.left + (anchor.width - tip.width) / 2,
    top: anchor.top + (anchor.height - tip.height) / 2,
  }
  if (side === 'top') return { ...middle, top: anchor.top - tip.height - GAP }
  if (side === 'bottom') return { ...middle, top: anchor.top + anchor.height + GAP }
  if (side === 'left') return { ...middle, left: anchor.left - tip.width - GAP }
  return { ...middle, left: anchor.left + anchor.width + GAP }
}

// Along the anchor's side a tooltip is pushed back into the window, so only the way away from the anchor counts.
const hasRoom = ({ left, top }: { left: number; top: number }, tip: Size, side: Side, view: Size) => {
  if (side === 'top') return top >= MARGIN
  if (side === 'bottom') return top + tip.height <= view.height - MARGIN
  if (side === 'left') return left >= MARGIN
  return left + tip.width <= view.width - MARGIN
}

const clamp = (value: number, room: number) => Math.max(MARGIN, Math.min(value, room - MARGIN))
