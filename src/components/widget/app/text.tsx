/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact'
import { drawnTree, type FormatNode } from '../../../server/contract/format.ts'
import { displayText, ownDirection } from '../../ui/display-text.ts'
import { splitLinks } from './links.ts'

const safe = { target: '_blank', rel: 'noopener noreferrer nofollow' }

/** Somebody's words: each paragraph in its own direction, addresses as links, formatting as nodes and never as HTML. */
export const Text = ({ children, isFormatted }: { children: string; isFormatted: boolean }) => {
  const text = displayText(children)
  return (
    <p dir={ownDirection(text)} class={ownDirection(text) ? 'text own-way' : 'text'}>
      {isFormatted ? drawnTree(text).map(draw) : linked(text)}
    </p>
  )
}

const linked = (text: string): ComponentChildren =>
  splitLinks(text).map(({ text: part, href }, index) =>
    href ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places.
      <a key={index} href={href} dir="ltr" {...safe}>
        {part}
      </a>
    ) : (
      part
    ),
  )

const draw = (node: FormatNode): ComponentChildren => {
  if (typeof node === 'string') return linked(node)
  const { tag: Tag, href, children } = node
  if (Tag === 'code' || Tag === 'pre') return <Tag dir="auto">{children.map(draw)}</Tag>
  if (Tag !== 'a') return <Tag>{children.map(draw)}</Tag>
  // A link inside a link is none: what it says stays words.
  return (
    <a href={href ?? undefined} {...safe}>
      {children.map((child) => (typeof child === 'string' ? child : draw(child)))}
    </a>
  )
}
