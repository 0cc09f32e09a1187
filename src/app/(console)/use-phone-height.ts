import { useEffect } from 'react'

/** Keeps the composer above a phone's keyboard where the browser does not shrink the page for it. */
export const usePhoneHeight = () => {
  useEffect(() => {
    const viewport = window.visualViewport
    if (!viewport) return
    const fit = () => {
      const isCovered = viewport.height < window.innerHeight - 1 && viewport.scale === 1
      const style = document.documentElement.style
      if (isCovered) style.setProperty('--phone-height', `${viewport.height}px`)
      else style.removeProperty('--phone-height')
    }
    viewport.addEventListener('resize', fit)
    return () => viewport.removeEventListener('resize', fit)
  }, [])
}
