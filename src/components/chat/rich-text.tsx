import { lazy, memo, Suspense } from 'react'
import { displayText } from '../ui/display-text.ts'

// What finds addresses knows every top-level domain, so it comes with the first text that might hold one.
const LinkedText = lazy(() =>
  import('./linked-text.tsx').then(
    (module) => ({ default: module.LinkedText }),
    () => ({ default: PlainText }),
  ),
)
const PlainText = ({ children }: { children: string }) => <>{children}</>
const MAY_HOLD_LINK = /\S[.:@]\S/

/** Somebody's words: each paragraph in its own direction, addresses as links. */
export const RichText = memo(({ children }: { children: string }) => {
  const text = displayText(children)
  return (
    <p dir="auto" className="prose-plain">
      {MAY_HOLD_LINK.test(text) ? (
        <Suspense fallback={text}>
          <LinkedText>{text}</LinkedText>
        </Suspense>
      ) : (
        text
      )}
    </p>
  )
})
RichText.displayName = 'RichText'
