import type { AppendedMessage } from '../../core/ports/journal.ts'
import type { Settings } from '../../core/ports/settings.ts'
import { accountRoutes } from './accounts.ts'
import { attachmentRoutes } from './attachments.ts'
import { connectionRoutes } from './connections.ts'
import { conversationRoutes } from './conversations.ts'
import { customerRoutes } from './customers.ts'
import { documentRoutes } from './documents.ts'
import { messageRoutes } from './messages.ts'
import type { Route } from './route.ts'
import { securityRoutes } from './security.ts'
import { tagRoutes } from './tags.ts'
import { widgetRoutes } from './widget.ts'
import { workspaceRoutes } from './workspaces.ts'

type AwaitResult = (sent: AppendedMessage) => Promise<Record<string, unknown>>

/** Every route below `/api/v1/` but the webhooks. */
export function createRoutes(settings: Settings, awaitResult: AwaitResult): Route[] {
  const routes = [
    ...accountRoutes(settings),
    ...messageRoutes(awaitResult),
    ...attachmentRoutes,
    ...conversationRoutes,
    ...customerRoutes,
    ...tagRoutes,
    ...workspaceRoutes,
    ...connectionRoutes,
    ...securityRoutes,
    ...widgetRoutes,
  ]
  return [...routes, ...documentRoutes(routes, settings.publicUrl)]
}
