import { expect, it } from 'vitest'
import { heaviest } from './profile.ts'

const node = (id: number, functionName: string, url = '') => ({
  id,
  callFrame: { functionName, url, lineNumber: 9 },
})

it('functions are listed by their own time, in percent of what was not idle', () => {
  const nodes = [node(1, '(idle)'), node(2, 'send', 'file:///app/node_modules/ws/lib/sender.js'), node(3, '')]
  const text = heaviest({ nodes, samples: [1, 2, 3, 2], timeDeltas: [100, 20, 10, 10] })
  expect(text.split('\n')).toEqual([
    ' 75.0 %  send  node_modules/ws/lib/sender.js:10',
    ' 25.0 %  (anonymous)',
  ])
})
