import { expect, it } from 'vitest'
import { CHECK_FINDINGS, CheckCode, Remedy } from '../../server/contract/channel-health.ts'
import en from '../translations/site.en.json' with { type: 'json' }
import fa from '../translations/site.fa.json' with { type: 'json' }

it.each([
  ['en', en],
  ['fa', fa],
])('has a sentence for everything that may be found, in %s', (_, { settings }) => {
  const { checks, findings, remedies } = settings.doctor
  expect(Object.keys(checks).toSorted()).toEqual([...CheckCode.options].toSorted())
  expect(Object.keys(remedies).toSorted()).toEqual([...Remedy.options].toSorted())
  for (const code of CheckCode.options)
    expect(Object.keys(findings[code]).toSorted()).toEqual([...CHECK_FINDINGS[code]].toSorted())
})
