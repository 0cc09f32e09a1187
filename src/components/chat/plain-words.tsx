import { lazy, Suspense } from 'react'

// What finds addresses knows every top-level domain, so it comes with the first text that might hold one.
const LinkedText = lazy(() =>
  import('./linked-text.tsx').then(
    (module) => ({ default: module.LinkedText }),
    () => ({ default: PlainText }),
  ),
)
const PlainText = ({ children }: { children: string }) => <>{children}</>
const MAY_HOLD_LINK = /\S[.:@]\S/

/** A text that is all words, its addresses as links. */
export const PlainWords = ({ children }: { children: string }) =>
  MAY_HOLD_LINK.test(children) ? (
    <Suspense fallback={children}>
      <LinkedText>{children}</LinkedText>
    </Suspense>
  ) : (
    children
  )
