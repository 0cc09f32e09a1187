import { createInstagram } from '../adapters/instagram/platform.ts'
import { createTelegram } from '../adapters/telegram/platform.ts'
import type { Ports } from '../core/ports.ts'
import type { Env } from '../env.ts'

export const instagramAppOf = ({ INSTAGRAM_APP_SECRET, INSTAGRAM_VERIFY_TOKEN }: Env) => ({
  appSecret: INSTAGRAM_APP_SECRET,
  verifyToken: INSTAGRAM_VERIFY_TOKEN,
})

/** Where customers write from, at the addresses that the environment names. Whoever completes `app` completes it for all. */
export const createPlatforms = (
  env: Env,
  { app, fetchMedia }: { app: ReturnType<typeof instagramAppOf>; fetchMedia: Ports['fetchMedia'] },
): Ports['platforms'] => ({
  telegram: createTelegram({ apiRoot: env.TELEGRAM_API_ROOT }),
  instagram: createInstagram({
    graphRoot: env.INSTAGRAM_GRAPH_ROOT,
    version: env.INSTAGRAM_GRAPH_VERSION,
    app,
    fetchMedia,
  }),
})
