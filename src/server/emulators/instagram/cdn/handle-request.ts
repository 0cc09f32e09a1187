import type { IncomingMessage, ServerResponse } from 'node:http'
import { pause } from '../../clock.ts'
import type { World } from '../world/world.ts'

const CDN_PATH = /^\/cdn\/([0-9a-f]{1,64})$/

/** Serves a file to whoever has a link that is good. */
export async function handleCdnRequest(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const fault = world.faults.take({ accountId: null, igsid: null, op: 'cdn' })
  if (fault?.kind === 'hang') return
  if (fault?.kind === 'drop-after') {
    response.destroy()
    return
  }
  if (fault?.kind === 'status') return refuse(response, fault.status, 'Sorry')
  if (fault?.kind === 'delay') await pause(world.surroundings.clock, fault.ms)
  const assetId = CDN_PATH.exec(url.pathname)?.[1] ?? ''
  const given = { expiry: url.searchParams.get('oe') ?? '', signature: url.searchParams.get('oh') ?? '' }
  if (!world.media.isGood(assetId, given)) return refuse(response, 403, 'URL signature expired')
  const media = world.media.findAsset(assetId)
  if (media === null) return refuse(response, 404, 'Not found')
  response.writeHead(200, { 'content-type': media.mime, 'content-length': media.bytes.length })
  response.end(request.method === 'HEAD' ? undefined : media.bytes)
}

function refuse(response: ServerResponse, status: number, text: string): void {
  if (response.destroyed) return
  response.writeHead(status, { 'content-type': 'text/plain' }).end(text)
}
