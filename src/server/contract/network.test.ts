import { describe, expect, it } from 'vitest'
import { contains, limitKeyOf, spellNetwork, toAddress, toNetwork } from './network.ts'

const spelled = (text: string) => {
  const network = toNetwork(text)
  return network && spellNetwork(network)
}

describe('an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:cb00:7107', '203.0.113.7'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::1', '::1'],
  ])('%s is spelled %s', (text, address) => {
    expect(toAddress(text)).toBe(address)
  })

  it.each([
    '',
    'localhost',
    '1.2.3',
    '256.1.1.1',
    '1.2.3.4.5',
    '2001:db8',
    ':::',
    '1.2.3.4, 5.6.7.8',
    '0x7f.1',
  ])('%j is none', (text) => {
    expect(toAddress(text)).toBeNull()
  })
})

describe('a network', () => {
  it('is an IPv4 address, the /64 of an IPv6 one, or what CIDR says', () => {
    expect(spelled('203.0.113.7')).toBe('203.0.113.7/32')
    expect(spelled('203.0.113.77/24')).toBe('203.0.113.0/24')
    expect(spelled('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
    expect(spelled('2001:db8::1/128')).toBe('2001:db8::1/128')
    expect(spelled('0.0.0.0/0')).toBe('0.0.0.0/0')
  })

  it.each(['1.2.3.4/33', '::1/129', '1.2.3.4/-1', '1.2.3.4/x', '1.2.3.4/24/8', 'x/8'])(
    '%j is none',
    (text) => {
      expect(toNetwork(text)).toBeNull()
    },
  )

  it('contains its own addresses and no others', () => {
    const office = toNetwork('203.0.113.0/25')
    const home = toNetwork('2001:db8:1:2::9')
    expect(office && contains(office, '203.0.113.127')).toBe(true)
    expect(office && contains(office, '203.0.113.128')).toBe(false)
    expect(office && contains(office, '2001:db8::1')).toBe(false)
    expect(home && contains(home, '2001:db8:1:2:ffff::1')).toBe(true)
    expect(home && contains(home, '2001:db8:1:3::1')).toBe(false)
  })
})

it('is counted by the /64 where one person has all of it', () => {
  expect(limitKeyOf('2001:db8:1:2::a')).toBe(limitKeyOf('2001:db8:1:2::b'))
  expect(limitKeyOf('203.0.113.7')).not.toBe(limitKeyOf('203.0.113.8'))
  expect(limitKeyOf('::ffff:203.0.113.7')).toBe(limitKeyOf('203.0.113.7'))
  expect(limitKeyOf('nonsense')).toBe('unknown')
})
