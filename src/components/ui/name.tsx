import type { ComponentProps } from 'react'
import { displayLine } from './display-text.ts'

/** What somebody calls themselves or a thing: on one line, and turning nothing around it. */
export const Name = ({ children, ...rest }: ComponentProps<'bdi'> & { children: string }) => (
  <bdi {...rest}>{displayLine(children)}</bdi>
)
