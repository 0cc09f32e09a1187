import { account } from './account.ts'
import { audit } from './audit.ts'
import { channels } from './channels.ts'
import { connections } from './connections.ts'
import { conversations } from './conversations.ts'
import { customers } from './customers.ts'
import { files } from './files.ts'
import { keys } from './keys.ts'
import { live } from './live.ts'
import { messages } from './messages.ts'
import { people } from './people.ts'
import { retention } from './retention.ts'
import { security } from './security.ts'
import { spam } from './spam.ts'
import { tags } from './tags.ts'
import { router } from './trpc.ts'
import { twoFactor } from './two-factor.ts'

export const appRouter = router({
  account,
  conversations,
  messages,
  live,
  people,
  channels,
  keys,
  customers,
  tags,
  files,
  security,
  connections,
  spam,
  twoFactor,
  audit,
  retention,
})
export type AppRouter = typeof appRouter
