import type { IncomingMessage, ServerResponse } from 'node:http'
import { pause } from '../../clock.ts'
import { ControlError } from '../../control-error.ts'
import { goneSignal } from '../../gone-signal.ts'
import { sendJson } from '../../send-json.ts'
import type { Fault, RecordedCall } from '../call-types.ts'
import { redactSecrets } from '../redact.ts'
import type { Account } from '../world/account.ts'
import type { World } from '../world/world.ts'
import type { Answer, Target } from './call.ts'
import { errorRow } from './error-table.ts'
import { errorEnvelope, GraphError, graphError, newTraceId } from './graph-error.ts'
import { type Params, readParams } from './params.ts'
import { runOp } from './run-op.ts'
import { findTarget } from './target.ts'

type Asked = { target: Target; params: Params; tokenText: string; account: Account | null }
type Outcome = { status: number; answer: Answer; error: GraphError | null }

/** Answers a request to the Graph API, with whatever fault waits for it. */
export async function handleGraphRequest(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await answer(world, request, response)
  } catch (error) {
    const failed = asOutcome(world, error)
    sendJson(response, failed.status, { body: failed.answer.body })
  }
}

async function answer(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = await readAsked(world, request)
  const record = recordCall(world, request, asked)
  const { accountId, igsid, op } = record
  const fault = world.faults.take({ accountId, igsid, op })
  if (fault?.kind === 'hang') return
  if (fault?.kind === 'status') return sendPage(response, record, fault)
  const ran = faultOutcome(fault) ?? (await run(world, asked))
  if (fault?.kind === 'delay') await pause(world.surroundings.clock, fault.ms, goneSignal(response))
  const outcome = fault?.kind === 'error-after' ? afterwards(ran, fault) : ran
  if (fault?.kind === 'drop-after') response.destroy()
  else finish({ response, record, outcome, account: asked.account })
  runAfter(response, outcome.answer)
}

async function readAsked(world: World, request: IncomingMessage): Promise<Asked> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const params = await readParams(request, url, world.surroundings.limits.maxRequestBytes)
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const tokenText = (bearer ?? params.text('access_token')).trim()
  const owner = world.tokens.find(tokenText)?.accountId
  const account = owner === undefined ? null : world.findAccount(owner)
  const verb = request.method ?? 'GET'
  const isAction = params.has('sender_action')
  const target = findTarget({ verb, path: url.pathname, isAction }, account)
  return { target, params, tokenText, account }
}

function recordCall(world: World, request: IncomingMessage, asked: Asked): RecordedCall {
  const { target, params, account } = asked
  const recipient = params.object('recipient')?.id
  const igsid = target.op === 'profile' ? target.id : recipient === undefined ? null : String(recipient)
  const path = new URL(request.url ?? '/', 'http://localhost').pathname
  const atMs = world.surroundings.clock.now()
  const arrival = { atMs, accountId: account?.id ?? null, op: target.op, verb: target.verb, path, igsid }
  return world.calls.record({ ...arrival, params: params.texts() }, world.secrets())
}

async function run(world: World, asked: Asked): Promise<Outcome> {
  try {
    return { status: 200, answer: await runOp(world, asked), error: null }
  } catch (error) {
    return asOutcome(world, error)
  }
}

function asOutcome(world: World, thrown: unknown): Outcome {
  const error = thrown instanceof GraphError ? thrown : asGraphError(world, thrown)
  return { status: error.row.status, answer: { body: errorEnvelope(error) }, error }
}

function asGraphError(world: World, thrown: unknown): GraphError {
  if (thrown instanceof ControlError) return graphError(2, undefined, `(#2) ${thrown.message}`)
  const reason = thrown instanceof Error ? thrown.message : 'unknown'
  return graphError(1, undefined, redactSecrets(reason, world.secrets()))
}

function faultOutcome(fault: Fault | null): Outcome | null {
  if (fault?.kind !== 'error') return null
  const row = errorRow(fault.code, fault.subcode)
  const { status = row.status, message = row.message } = fault
  const error = new GraphError({ ...row, status, message })
  return { status, answer: { body: errorEnvelope(error) }, error }
}

/** It was done, and is said not to be. */
function afterwards(ran: Outcome, fault: { code?: number; subcode?: number }): Outcome {
  const { code = 1, subcode = fault.code === undefined ? 1357046 : undefined } = fault
  const error = graphError(code, subcode)
  return { status: error.row.status, answer: { ...ran.answer, body: errorEnvelope(error) }, error }
}

function sendPage(
  response: ServerResponse,
  record: RecordedCall,
  { status, retryAfter }: { status: number; retryAfter?: number },
): void {
  record.status = status
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers })
  response.end('<html><body>Sorry, something went wrong.</body></html>')
}

type Finishing = {
  response: ServerResponse
  record: RecordedCall
  outcome: Outcome
  account: Account | null
}

function finish({ response, record, outcome, account }: Finishing): void {
  const { status, answer, error } = outcome
  record.status = status
  record.code = error?.row.code ?? null
  record.subcode = error?.row.subcode ?? null
  const headers = { 'x-fb-trace-id': newTraceId(), ...usageHeaders(account) }
  const oauth = error?.row.status === 401 ? { 'www-authenticate': 'OAuth "Facebook Platform"' } : {}
  sendJson(response, status, { body: answer.body, headers: { ...headers, ...oauth } })
}

function usageHeaders(account: Account | null): Record<string, string> {
  if (account === null) return {}
  const { id, usagePercent, regainMinutes } = account
  const usage = { call_count: usagePercent, total_cputime: usagePercent, total_time: usagePercent }
  const business = { type: 'instagram', ...usage, estimated_time_to_regain_access: regainMinutes }
  return {
    'x-app-usage': JSON.stringify(usage),
    'x-business-use-case-usage': JSON.stringify({ [id]: [business] }),
  }
}

function runAfter(response: ServerResponse, { after }: Answer): void {
  if (after === undefined) return
  if (response.closed || response.destroyed || response.writableFinished) after()
  else response.once('close', after)
}
