import { RestError } from '../../contract/rest.ts'
import { OpenWidgetSession, WidgetSession } from '../../contract/widget.ts'
import { openWidgetSession } from '../../core/visitors/open-session.ts'
import type { Exchange } from './exchange.ts'
import { refuse } from './exchange.ts'
import type { Route } from './route.ts'

/** `widget/`: what pages of other sites ask for, before anybody is known. */
export const widgetRoutes: Route[] = [
  {
    method: 'POST',
    path: '/api/v1/widget/session/',
    isOpen: true,
    isCrossOrigin: true,
    doc: {
      summary: 'Let a website’s visitor in; answered to pages of the website’s own origins alone',
      tag: 'widget',
      body: OpenWidgetSession,
      answers: { 200: WidgetSession, 400: RestError, 403: RestError, 404: RestError, 429: RestError },
    },
    run: open,
  },
]

async function open({ ctx, body, req, origin }: Exchange) {
  const input = OpenWidgetSession.safeParse(body)
  if (!input.success) throw refuse(400, 'Send the site_key of your snippet', 'INVALID_INPUT')
  const from = { origin: req.headers.origin, address: origin.address }
  return { status: 200, body: await openWidgetSession(ctx, input.data, from) }
}
