import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { answerPings, MAX_CONTROL_FRAMES } from './control-frames.ts'

let wss: WebSocketServer
afterEach(() => {
  for (const ws of wss.clients) ws.terminate()
  wss.close()
})

async function connect() {
  let pongs = 0
  wss = new WebSocketServer({ port: 0, host: '127.0.0.1', autoPong: false })
  wss.on('connection', (ws) => answerPings(ws, () => pongs++))
  await once(wss, 'listening')
  const ws = new WebSocket(`ws://127.0.0.1:${(wss.address() as AddressInfo).port}`)
  await once(ws, 'open')
  const answers: string[] = []
  ws.on('pong', (data) => answers.push(data.toString()))
  return { ws, answers, pongsHeard: () => pongs }
}

it('answers a ping with what it said', async () => {
  const { ws, answers } = await connect()
  ws.ping('hello')
  await once(ws, 'pong')
  expect(answers).toEqual(['hello'])
})

it('answers a flood of pings as far as the bound, and closes with 1008', async () => {
  const { ws, answers } = await connect()
  for (let index = 0; index < MAX_CONTROL_FRAMES * 10; index++) ws.ping()
  expect((await once(ws, 'close'))[0]).toBe(1008)
  expect(answers).toHaveLength(MAX_CONTROL_FRAMES)
})

it('hears a flood of pongs as far as the bound, and closes with 1008', async () => {
  const { ws, pongsHeard } = await connect()
  for (let index = 0; index < MAX_CONTROL_FRAMES * 10; index++) ws.pong()
  expect((await once(ws, 'close'))[0]).toBe(1008)
  expect(pongsHeard()).toBe(MAX_CONTROL_FRAMES)
})
