import { serveRooms } from './rooms.ts'

/** The floor of physics: nothing is checked and nothing is kept. */
let id = 0
serveRooms((_room, _content, publish) => publish({ id: ++id, createdAt: new Date() }))
