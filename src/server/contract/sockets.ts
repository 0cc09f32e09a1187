import { SOCKETS } from './frames.ts'
import type { SocketDoc } from './socket-doc.ts'
import { WIDGET_SOCKET } from './widget.ts'

/** Every socket of ours that is written down: the raw protocol's, and the widget's. */
export const ALL_SOCKETS: SocketDoc[] = [...SOCKETS, WIDGET_SOCKET]
