import type { ControlApi } from '../control-api.ts'
import type { ThreadRef } from '../control-types.ts'
import * as shapes from './shapes.ts'

/** `ids` are what stands for each `#` of the path; `bytes` is the body as it came, `body` as JSON. */
type RouteRequest = {
  ids: readonly string[]
  query: Record<string, string>
  body: unknown
  bytes: Buffer
  mime: string
}
export type Route = {
  verb: string
  path: string
  /** The body is a file. */
  takesFile?: true
  run(control: ControlApi, request: RouteRequest): unknown
}

const ACCOUNT = '/control/accounts/#'
const THREAD = `${ACCOUNT}/threads/#`
const MESSAGE = `${THREAD}/messages/#`

/** The table of the control API over HTTP; `#` stands for an id. */
export const ROUTES: readonly Route[] = [
  { verb: 'GET', path: '/control/state', run: (control) => control.snapshot() },
  { verb: 'POST', path: '/control/reset', run: (control) => control.reset() },
  { verb: 'POST', path: '/control/travel', run: (c, { body }) => c.travel(shapes.Journey.parse(body).ms) },
  { verb: 'GET', path: '/control/app', run: (control) => control.getApp() },
  {
    verb: 'POST',
    path: '/control/app/secret',
    run: (c, { body }) => c.rotateAppSecret(shapes.Secret.parse(body)),
  },
  {
    verb: 'PUT',
    path: '/control/callback',
    run: (c, { body }) => c.setCallback(shapes.Callback.parse(body)),
  },
  { verb: 'DELETE', path: '/control/callback', run: (control) => control.clearCallback() },

  { verb: 'GET', path: '/control/accounts', run: (control) => ({ accounts: control.listAccounts() }) },
  {
    verb: 'POST',
    path: '/control/accounts',
    run: (c, { body }) => c.createAccount(shapes.AccountInput.parse(body)),
  },
  {
    verb: 'PATCH',
    path: ACCOUNT,
    run: (c, { ids, body }) => c.changeAccount({ ...shapes.AccountPatch.parse(body), accountId: id(ids, 0) }),
  },
  {
    verb: 'POST',
    path: `${ACCOUNT}/tokens`,
    run: (c, { ids, body }) => c.issueToken({ ...shapes.TokenInput.parse(body), accountId: id(ids, 0) }),
  },
  {
    verb: 'DELETE',
    path: `${ACCOUNT}/tokens`,
    run: (c, { ids, body }) => c.revokeTokens({ ...shapes.Revocation.parse(body), accountId: id(ids, 0) }),
  },
  { verb: 'GET', path: '/control/customers', run: (control) => ({ customers: control.listCustomers() }) },
  {
    verb: 'POST',
    path: '/control/customers',
    run: (c, { body }) => c.createCustomer(shapes.CustomerInput.parse(body)),
  },
  {
    verb: 'PATCH',
    path: '/control/customers/#',
    run: (c, { ids, body }) =>
      c.changeCustomer({ ...shapes.CustomerPatch.parse(body), customerId: id(ids, 0) }),
  },

  {
    verb: 'GET',
    path: `${ACCOUNT}/threads`,
    run: (control, { ids }) => ({ threads: control.listThreads(id(ids, 0)) }),
  },
  {
    verb: 'POST',
    path: `${ACCOUNT}/threads`,
    run: (c, { ids, body }) => c.openThread({ ...shapes.ThreadInput.parse(body), accountId: id(ids, 0) }),
  },
  { verb: 'GET', path: THREAD, run: (control, request) => control.getThread(threadOf(request)) },
  {
    verb: 'PATCH',
    path: THREAD,
    run: (c, request) => c.setThread({ ...shapes.ThreadPatch.parse(request.body), ...threadOf(request) }),
  },
  {
    verb: 'GET',
    path: `${THREAD}/messages`,
    run: (c, request) => ({
      messages: c.listMessages({ ...shapes.MessageQuery.parse(request.query), ...threadOf(request) }),
    }),
  },
  {
    verb: 'POST',
    path: `${THREAD}/messages`,
    run: (c, request) => c.write({ ...shapes.MessageInput.parse(request.body), ...threadOf(request) }),
  },
  {
    verb: 'PATCH',
    path: MESSAGE,
    run: (c, request) => c.edit({ ...shapes.MessagePatch.parse(request.body), ...messageOf(request) }),
  },
  { verb: 'DELETE', path: MESSAGE, run: (control, request) => control.unsend(messageOf(request)) },
  {
    verb: 'PUT',
    path: `${MESSAGE}/reaction`,
    run: (c, request) => c.react({ ...shapes.Reaction.parse(request.body), ...messageOf(request) }),
  },
  {
    verb: 'POST',
    path: `${THREAD}/seen`,
    run: (c, request) => c.see({ ...shapes.Seen.parse(request.body), ...threadOf(request) }),
  },
  {
    verb: 'POST',
    path: `${THREAD}/postbacks`,
    run: (c, request) => c.pressButton({ ...shapes.Postback.parse(request.body), ...threadOf(request) }),
  },
  {
    verb: 'POST',
    path: `${THREAD}/referrals`,
    run: (c, request) => c.refer({ ...shapes.ReferralInput.parse(request.body), ...threadOf(request) }),
  },
  {
    verb: 'POST',
    path: `${THREAD}/owner-messages`,
    run: (c, request) =>
      c.writeAsOwner({ ...shapes.OwnerMessageInput.parse(request.body), ...threadOf(request) }),
  },

  {
    verb: 'POST',
    path: '/control/media',
    takesFile: true,
    run: (control, { bytes, mime }) => control.storeMedia({ bytes, mime }),
  },
  { verb: 'POST', path: '/control/events', run: (c, { body }) => c.emit(shapes.EventInput.parse(body)) },
  {
    verb: 'POST',
    path: '/control/posts',
    run: async (c, { body }) => ({ statuses: await c.post(shapes.PostInput.parse(body)) }),
  },
  { verb: 'GET', path: '/control/deliveries', run: (control) => ({ deliveries: control.listDeliveries() }) },
  {
    verb: 'POST',
    path: '/control/deliveries/#/redeliver',
    run: async (c, { ids, body }) => {
      const { copies } = shapes.Redelivery.parse(body)
      return { statuses: await c.redeliver({ deliveryId: Number(id(ids, 0)), copies }) }
    },
  },
  {
    verb: 'PATCH',
    path: '/control/delivery',
    run: (c, { body }) => c.setDelivery(shapes.DeliveryPatch.parse(body)),
  },
  { verb: 'GET', path: '/control/calls', run: (c, { query }) => c.listCalls(shapes.CallQuery.parse(query)) },
  { verb: 'DELETE', path: '/control/calls', run: (control) => control.clearCalls() },
  { verb: 'GET', path: '/control/faults', run: (control) => ({ faults: control.listFaults() }) },
  { verb: 'POST', path: '/control/faults', run: (c, { body }) => c.setFault(shapes.FaultInput.parse(body)) },
  { verb: 'DELETE', path: '/control/faults', run: (control) => control.clearFaults() },
  {
    verb: 'PUT',
    path: '/control/rate-limits',
    run: (c, { body }) => c.setRateLimits(shapes.RateSwitch.parse(body).enabled),
  },
]

function threadOf({ ids }: RouteRequest): ThreadRef {
  return { accountId: id(ids, 0), igsid: id(ids, 1) }
}

function messageOf(request: RouteRequest): ThreadRef & { mid: string } {
  return { ...threadOf(request), mid: id(request.ids, 2) }
}

function id(ids: readonly string[], place: number): string {
  return ids[place] ?? ''
}
