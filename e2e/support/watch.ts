import type { Browser, BrowserContext } from '@playwright/test'

// That the network fails is what some tests are about; it is no fault of a page.
const NETWORK =
  /^(Failed to load resource|WebSocket connection to )|net::ERR_|has been blocked by CORS policy/

/** Whatever a browser complains of while the test runs: an error of a script, what the policy refuses, a dialog. */
export const watchBrowser = (
  browser: Browser,
  context: BrowserContext,
): { faults: string[]; stop(): void } => {
  const faults: string[] = []
  const open = browser.newContext.bind(browser)
  watchContext(context, faults)
  browser.newContext = async (options) => {
    const opened = await open(options)
    watchContext(opened, faults)
    return opened
  }
  const stop = () => {
    browser.newContext = open
  }
  return { faults, stop }
}

const watchContext = (context: BrowserContext, faults: string[]) => {
  context.on('console', (message) => {
    if (message.type() === 'error' && !NETWORK.test(message.text())) faults.push(message.text())
  })
  context.on('weberror', (thrown) => faults.push(String(thrown.error())))
  context.on('dialog', (dialog) => {
    faults.push(`A dialog said: ${dialog.message()}`)
    void dialog.dismiss()
  })
}
