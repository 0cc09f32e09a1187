import type { ReactNode } from 'react'
import { drawnTree, type FormatNode, type FormatTag } from '../../server/contract/format.ts'
import { PlainWords } from './plain-words.tsx'

/** A text whose pairs of allowed tags are formatting. Each is made as a node, so nothing in it can become markup. */
export const FormattedText = ({ children }: { children: string }) => <Nodes nodes={drawnTree(children)} />

const Nodes = ({ nodes }: { nodes: readonly FormatNode[] }) =>
  nodes.map((node, index) =>
    typeof node === 'string' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places.
      <PlainWords key={index}>{node}</PlainWords>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places.
      <Pair key={index} node={node} />
    ),
  )

const Pair = ({ node }: { node: Exclude<FormatNode, string> }) => {
  if (node.tag === 'a') return <FormattedLink href={node.href}>{plainOf(node.children)}</FormattedLink>
  if (node.tag === 'code' || node.tag === 'pre') return PAIRS[node.tag](plainOf(node.children))
  return PAIRS[node.tag](<Nodes nodes={node.children} />)
}

const PAIRS: Record<Exclude<FormatTag, 'a'>, (children: ReactNode) => ReactNode> = {
  b: (children) => <strong className="font-strong">{children}</strong>,
  i: (children) => <em>{children}</em>,
  u: (children) => <u className="underline-offset-3">{children}</u>,
  s: (children) => <s>{children}</s>,
  code: (children) => (
    <code dir="auto" className="rounded bg-ink/8 px-1 py-px font-mono text-sm">
      {children}
    </code>
  ),
  pre: (children) => (
    <span dir="auto" className="my-1 block rounded-lg bg-ink/8 px-2.5 py-1.5 text-start">
      <code className="font-mono text-sm">{children}</code>
    </span>
  ),
  blockquote: (children) => (
    <span className="my-1 block border-s-2 border-edge/60 ps-2.5 text-start text-dim">{children}</span>
  ),
}

const FormattedLink = ({ href, children }: { href: string | null; children: string }) => (
  <a
    href={href ?? undefined}
    title={href ?? undefined}
    target="_blank"
    rel="noopener noreferrer nofollow"
    className="text-firuze-ink underline decoration-firuze/40 underline-offset-3 hover:decoration-current"
  >
    {children}
  </a>
)

const plainOf = (nodes: readonly FormatNode[]): string =>
  nodes.map((node) => (typeof node === 'string' ? node : plainOf(node.children))).join('')
