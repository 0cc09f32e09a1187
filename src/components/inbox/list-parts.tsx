import type { ReactNode } from 'react'

interface Context {
  label: string
  foot: ReactNode
}

// The virtual list measures and moves divs; roles make a list of them.
export const LIST_PARTS = {
  List: ({ context, ...rest }: { context?: Context }) => (
    // biome-ignore lint/a11y/useSemanticElements: see above.
    <div {...rest} role="list" aria-label={context?.label} />
  ),
  Item: ({ context: _context, item: _item, ...rest }: { context?: Context; item?: unknown }) => (
    // biome-ignore lint/a11y/useSemanticElements: see above.
    <div {...rest} role="listitem" className="px-2 pb-px" />
  ),
  Header: () => <div className="h-1.5" />,
  Footer: ({ context }: { context?: Context }) => <div className="pb-3">{context?.foot}</div>,
}
