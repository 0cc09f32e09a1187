/** A process that starts as the product does, says how it went in one line of JSON, and stays until it is killed. */
import pg from 'pg'
import { openEmbedded } from './embedded.ts'
import { acquireInstanceLock } from './instance-lock.ts'

const sentences: string[] = []

async function start(dataDir: string) {
  const { url, pid, reused } = await openEmbedded({ dataDir, log: (sentence) => sentences.push(sentence) })
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return { url, pid, reused, locked: await acquireInstanceLock(client), sentences }
}

start(process.argv[2] ?? '').then(
  (started) => console.log(JSON.stringify(started)),
  ({ code, message }) => console.log(JSON.stringify({ code, message, sentences })),
)
setInterval(() => {}, 60_000)
