import { channels } from './channels.ts'
import { conversations } from './conversations.ts'
import { keys } from './keys.ts'
import { live } from './live.ts'
import { messages } from './messages.ts'
import { people } from './people.ts'
import { router } from './trpc.ts'

export const appRouter = router({ conversations, messages, live, people, channels, keys })
export type AppRouter = typeof appRouter
