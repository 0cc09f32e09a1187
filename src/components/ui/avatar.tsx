import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type AvatarSize = 'sm' | 'md' | 'lg' | 'xl'

const SIZES: Record<AvatarSize, string> = {
  sm: 'size-8.5 text-base',
  md: 'size-9.5 text-md',
  lg: 'size-10.5 text-lg',
  xl: 'size-16 text-2xl',
}

interface Props {
  name: string
  /** Keeps the colour when the name changes. */
  seed?: string | number
  size?: AvatarSize
  /** Stands at the lower end corner: the channel, or a presence dot. */
  badge?: ReactNode
  className?: string
}

/** The first letter of a name on a colour of its own. Decorative: the name stands beside it. */
export const Avatar = ({ name, seed, size = 'lg', badge, className }: Props) => (
  <span
    aria-hidden
    data-hue={hueOf(String(seed ?? name))}
    className={cx(
      'hued relative grid shrink-0 place-items-center rounded-full font-strong leading-none select-none',
      SIZES[size],
      className,
    )}
  >
    <Initial>{initialOf(name)}</Initial>
    {badge && <span className="absolute -inset-be-0.5 -inset-e-0.5">{badge}</span>}
  </span>
)

/** Persian letters hang below the line, so they are raised to the eye's middle and clear of the badge. */
const Initial = ({ children }: { children: string }) => (
  <span className={cx(/\p{Script=Arabic}/u.test(children) && '-translate-y-[0.14em]')}>{children}</span>
)

const FORMAT_CHARACTERS = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g
const HUES = [22, 55, 95, 150, 200, 235, 265, 300, 335] as const

/** The first letter or symbol that a reader would see, whole even when it takes several code units. */
export const initialOf = (name: string): string => {
  const [first] = new Intl.Segmenter().segment(name.replace(FORMAT_CHARACTERS, '').trim())
  return first?.segment.toLocaleUpperCase() ?? '?'
}

/** A hue that is always the same for the same seed; the style sheet has a rule for each, for a page may not write styles of its own. */
export const hueOf = (seed: string): number => {
  let hash = 7
  for (const character of seed) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003
  return HUES[hash % HUES.length] ?? 200
}
