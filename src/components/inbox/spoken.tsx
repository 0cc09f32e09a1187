import { cx } from '../ui/cx.ts'

/**
 * Words of somebody else on one line: isolated, in their own direction, so that what does not fit is cut off at their
 * end, and at the edge where the interface begins, so that a column keeps one edge.
 */
export const Spoken = ({ children, className }: { children: string; className?: string }) => (
  <span dir="auto" className={cx('one-line ui-start block', className)}>
    {children}
  </span>
)
