import { expect, it } from 'vitest'
import { placeTooltip, SIDES } from './tooltip-place.ts'

const view = { width: 400, height: 300 }
const tip = { width: 100, height: 20 }
const at = (left: number, top: number) => ({ left, top, width: 40, height: 40 })

it('stands beside its anchor, in the middle of that side', () => {
  const anchor = at(180, 130)
  expect(placeTooltip(anchor, tip, 'bottom', view)).toEqual({ left: 150, top: 176 })
  expect(placeTooltip(anchor, tip, 'top', view)).toEqual({ left: 150, top: 104 })
  expect(placeTooltip(anchor, tip, 'right', view)).toEqual({ left: 226, top: 140 })
  expect(placeTooltip(anchor, tip, 'left', view)).toEqual({ left: 74, top: 140 })
})

it('goes to the other side where there is no room', () => {
  expect(placeTooltip(at(180, 250), tip, 'bottom', view).top).toBe(224)
  expect(placeTooltip(at(350, 130), tip, 'right', view).left).toBe(244)
})

it('never leaves the window', () => {
  for (const side of SIDES)
    for (const [left, top] of [
      [0, 0],
      [360, 0],
      [0, 260],
      [360, 260],
    ] as const) {
      const place = placeTooltip(at(left, top), tip, side, view)
      expect(place.left).toBeGreaterThanOrEqual(8)
      expect(place.top).toBeGreaterThanOrEqual(8)
      expect(place.left + tip.width).toBeLessThanOrEqual(392)
      expect(place.top + tip.height).toBeLessThanOrEqual(292)
    }
})
