'use client'

import { useLayoutEffect, useRef } from 'react'
import { placeTooltip } from './tooltip-place.ts'
import { type Tip, useTip } from './use-tip.ts'

/**
 * The one tooltip of the page. A positioning library would be a tenth of the script that the inbox loads, and a screen
 * reader already has the name of what is pointed at.
 */
export const TooltipLayer = () => {
  const tip = useTip()
  return tip && <Bubble tip={tip} />
}

const Bubble = ({ tip }: { tip: Tip }) => {
  const element = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (!element.current) return
    const { offsetWidth: width, offsetHeight: height } = element.current
    const view = { width: document.documentElement.clientWidth, height: window.innerHeight }
    const { left, top } = placeTooltip(tip.anchor, { width, height }, tip.side, view)
    Object.assign(element.current.style, { left: `${left}px`, top: `${top}px` })
  }, [tip])
  return (
    <div
      ref={element}
      aria-hidden
      className="pointer-events-none fixed z-50 flex w-max max-w-72 animate-fade items-center gap-2 rounded-lg bg-inverse px-2.5 py-1 text-xs font-medium text-on-inverse shadow-float"
    >
      <span>{tip.label}</span>
      {tip.hint && (
        <kbd className="ltr rounded-sm border border-on-inverse/30 px-1 font-sans text-2xs leading-4">
          {tip.hint}
        </kbd>
      )}
    </div>
  )
}
