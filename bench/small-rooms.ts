import { runBench } from './support/bench.ts'

/** How many messages go through many conversations with few people in each? */
await runBench('small rooms', { rooms: 200, members: 2, senders: 1 })
