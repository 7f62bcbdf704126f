import { describe, expect, it } from 'vitest';
import { network } from '../../../compiler/render/languages/addresses.ts';
import { HOSTILE } from './hostile.ts';

describe('an address or a network', () => {
  it.each(['192.0.2.1', '198.51.100.0/24', '0.0.0.0/1', '2001:db8::1', '::', '::1/128', '2001:db8::/32'])(
    'takes %j',
    (text) => {
      expect(network(text)).toBe(text);
    },
  );

  it.each([
    ['a name of hexadecimal letters, which would be looked up', 'fade.cafe'],
    ['a name', 'localhost'],
    ['a leading zero, which is read as octal', '010.0.0.1'],
    ['every address', '0.0.0.0/0'],
    ['every address of IPv6', '::/0'],
    ['a length with a leading zero', '192.0.2.0/024'],
    ['a range', '192.0.2.1-192.0.2.9'],
    ['capitals', '2001:DB8::1'],
    ['a zone', 'fe80::1%lo'],
    ['a mapped address', '::ffff:192.0.2.1'],
    ['an exception', '!192.0.2.1'],
    ['two', '192.0.2.1 192.0.2.2'],
    ['a line', '192.0.2.1\n'],
    ['a comment', '192.0.2.1 # x'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(() => network(text)).toThrow(
      new RangeError('here stands a canonical address or a network, not all of them'),
    );
  });

  it.each(HOSTILE)('refuses %j', (text) => {
    expect(() => network(text)).toThrow(RangeError);
  });
});
