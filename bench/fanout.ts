import { runBench } from './support/bench.ts'

/** How fast does a message reach everybody in a well attended conversation? */
await runBench('fan-out', { rooms: 10, members: 20, senders: 2 })
