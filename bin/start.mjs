// An old Node has to understand this file as far as its sentence: no static import, no `await` outside a function.
const MINIMUM_NODE = [20, 19]

function isOldNode() {
  const version = process.versions.node.split('.').map(Number)
  return version[0] < MINIMUM_NODE[0] || (version[0] === MINIMUM_NODE[0] && version[1] < MINIMUM_NODE[1])
}

function fail(error) {
  console.error(error.sentence ? error.sentence : error)
  process.exit(1)
}

if (isOldNode()) {
  console.error(`Peyk needs Node ${MINIMUM_NODE.join('.')} or newer; this is ${process.version}.`)
  process.exit(1)
}

process.env.NODE_ENV = 'production'
import('./ensure-built.mjs')
  .then((module) => module.ensureBuilt())
  .then((server) => import(server))
  .catch(fail)
