import type { z } from 'zod'
import type { KeyScope } from '../../contract/account.ts'
import type { Answer, Exchange, MemberExchange } from './exchange.ts'

/** What the OpenAPI document says of a route; made from the schemas that the wire keeps. */
export interface RouteDoc {
  summary: string
  tag:
    | 'accounts'
    | 'messages'
    | 'conversations'
    | 'customers'
    | 'tags'
    | 'workspace'
    | 'security'
    | 'documents'
    | 'widget'
  body?: z.ZodType
  /** Names in the query, with what they do. */
  query?: Record<string, string>
  /** Status to the body's schema; null where there is none. */
  answers: Record<number, z.ZodType | null>
  contentType?: string
}

interface Common {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** As in the OpenAPI document, with its trailing slash where the legacy service had one. */
  path: string
  doc: RouteDoc
  takesList?: true
  /** The body is a file, which the route reads itself. */
  takesFile?: true
  /** A GET that changes something all the same. */
  isChange?: true
  /** Answered to pages of websites, too; without credentials. */
  isCrossOrigin?: true
}

export type Route =
  | (Common & { isOpen: true; run(exchange: Exchange): Promise<Answer> })
  | (Common & {
      /** A person's token, or a key with one of these scopes. */
      scopes: KeyScope[]
      isOpen?: false
      run(exchange: MemberExchange): Promise<Answer>
    })

export interface CompiledRoute {
  route: Route
  pattern: RegExp
}

/** The route with what matches its path, with and without the trailing slash. */
export const compile = (route: Route): CompiledRoute => ({
  route,
  pattern: new RegExp(`^${route.path.replace(/\/$/, '').replace(/\{\w+\}/g, '([^/]+)')}$`),
})
