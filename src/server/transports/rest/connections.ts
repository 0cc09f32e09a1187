import { RestConnections, toRestConnection } from '../../contract/rest-connections.ts'
import { listConnections } from '../../core/security/connections/list.ts'
import type { Route } from './route.ts'

/** `security/connections/`: who is connected now. No key opens it. */
export const connectionRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/security/connections/',
    scopes: [],
    doc: { summary: 'Open sockets', tag: 'security', answers: { 200: RestConnections } },
    run: async ({ ctx }) => {
      const { total, connections } = await listConnections(ctx)
      return {
        status: 200,
        body: { active_connections: total, results: connections.map(toRestConnection) },
      }
    },
  },
]
