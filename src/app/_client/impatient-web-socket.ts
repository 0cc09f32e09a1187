const OPEN_TIMEOUT_MS = 10_000
const CLOSE_TIMEOUT_MS = 1_000

/**
 * A WebSocket that does not wait for a dead peer. One that neither opens nor fails would hold every later attempt back;
 * and closing a half-open one fires no event for a minute or more (seen in Chromium with a stopped server), during which
 * nothing would reconnect.
 */
export const impatientWebSocket = (Base: typeof WebSocket): typeof WebSocket =>
  class extends Base {
    #isAbandoned = false

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      // First of all listeners: when the peer's close comes after all, a new socket has long taken over.
      this.addEventListener('close', (event) => {
        if (this.#isAbandoned && event.isTrusted) event.stopImmediatePropagation()
      })
      setTimeout(() => this.readyState === Base.CONNECTING && this.close(), OPEN_TIMEOUT_MS)
    }

    override close(code?: number, reason?: string): void {
      super.close(code, reason)
      setTimeout(() => this.#abandon(), CLOSE_TIMEOUT_MS)
    }

    #abandon(): void {
      if (this.#isAbandoned || this.readyState === Base.CLOSED) return
      this.#isAbandoned = true
      this.dispatchEvent(new CloseEvent('close', { code: 1006 }))
    }
  }
