import { cx } from './cx.ts'

/** A place where something will be, in its size. Wrap a group of them with `SkeletonGroup`. */
export const Skeleton = ({ className }: { className?: string }) => (
  <span className={cx('block animate-breathe rounded-md bg-press', className)} />
)

/** Says once that something is loading; the shapes inside are silent. */
export const SkeletonGroup = ({
  label,
  children,
  className,
}: {
  label: string
  children: React.ReactNode
  className?: string
}) => (
  <div role="status" className={className}>
    <span className="sr-only">{label}</span>
    <div aria-hidden className="contents">
      {children}
    </div>
  </div>
)
