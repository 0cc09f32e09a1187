import type { StoredChannel } from '../../core/ports/channels.ts'
import type { FetchMedia } from '../../core/ports/fetch-media.ts'
import type { Platform } from '../../core/ports/platform.ts'
import {
  change,
  exchange,
  identify,
  readProfile,
  refresh,
  SETUP_TIMEOUT_MS,
  SUBSCRIBED_FIELDS,
} from './account.ts'
import { callGraph, type GraphTarget } from './client.ts'
import { examine } from './examine.ts'
import { openMedia } from './media.ts'
import { openBody } from './open.ts'
import { parseItem } from './parse.ts'
import { readRecent } from './recent.ts'
import { send } from './send.ts'
import { challengeOf, isSigned } from './signature.ts'

/** The application at Meta; without its secret no webhook is believed and no token exchanged. */
export interface InstagramApp {
  appSecret?: string
  verifyToken?: string
}

interface InstagramOptions {
  graphRoot: string
  /** Such as `v23.0`. */
  version: string
  /** Read whenever it is needed: the demo has one of its own, which it makes later. */
  app: InstagramApp
  fetchMedia: FetchMedia
}

/** Instagram's API with Instagram Login, at `graphRoot` or at the channel's own root where it has one. */
export function createInstagram(options: InstagramOptions): Platform {
  const { graphRoot, version, app, fetchMedia } = options
  const of = ({ apiRoot, credentials }: StoredChannel, timeoutMs?: number): GraphTarget => ({
    root: apiRoot ?? graphRoot,
    token: credentials.token,
    timeoutMs,
  })
  const edge = ({ externalId }: StoredChannel, name: string) => `/${version}/${externalId}/${name}`
  const setup = (root: string | null, token: string): GraphTarget => ({
    root: root ?? graphRoot,
    token,
    timeoutMs: SETUP_TIMEOUT_MS,
  })
  const act = async (channel: StoredChannel, id: string, sender_action: 'typing_on' | 'mark_seen') => {
    const body = { recipient: { id }, sender_action }
    const path = edge(channel, 'messages')
    await callGraph(of(channel, SETUP_TIMEOUT_MS), { method: 'POST', path, body })
  }
  return {
    identify: (token, apiRoot) => identify(setup(apiRoot, token), version),
    exchange: async (token, apiRoot) =>
      app.appSecret ? exchange(setup(apiRoot, token), app.appSecret) : null,
    renew: (channel) => refresh(of(channel, SETUP_TIMEOUT_MS)),
    setWebhook: (channel) => {
      const query = { subscribed_fields: SUBSCRIBED_FIELDS.join(',') }
      const call = { method: 'POST' as const, path: edge(channel, 'subscribed_apps'), query }
      return change(of(channel, SETUP_TIMEOUT_MS), call, 'to send its events here')
    },
    removeWebhook: (channel) => {
      const call = { method: 'DELETE' as const, path: edge(channel, 'subscribed_apps') }
      return change(of(channel, SETUP_TIMEOUT_MS), call, 'to stop sending its events here')
    },
    recent: (channel, since) => readRecent(of(channel, SETUP_TIMEOUT_MS), { version, channel, since }),
    examine: async (channel) => ({
      ...(await examine(of(channel), { version, subscriptions: edge(channel, 'subscribed_apps') })),
      isSecretKnown: app.appSecret !== undefined,
    }),
    challenge: (query) => challengeOf(query, app.verifyToken),
    verify: (_, headers, rawBody) => isSigned(headers, rawBody, app.appSecret),
    open: openBody,
    parse: parseItem,
    send: (channel, outgoing) =>
      send(
        (body) => callGraph(of(channel), { method: 'POST', path: edge(channel, 'messages'), body }),
        outgoing,
      ),
    media: ({ apiRoot }, ref, maxBytes) =>
      openMedia(fetchMedia, ref, { maxBytes, ownRoot: apiRoot ?? graphRoot }),
    typing: (channel, recipient) => act(channel, recipient, 'typing_on'),
    markSeen: (channel, recipient) => act(channel, recipient, 'mark_seen'),
    profile: async (channel, sourceId) =>
      /^\w{1,64}$/.test(sourceId)
        ? readProfile(of(channel, SETUP_TIMEOUT_MS), `/${version}/${sourceId}`)
        : null,
  }
}
