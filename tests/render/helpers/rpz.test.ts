import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatRange, networkOf, rangeOf } from '../../../compiler/indicators/address.ts';
import { bind } from '../../../compiler/prove/engines/resolvers/bind.ts';
import { RPZ } from '../../../compiler/render/helpers/rpz.ts';
import { engineTest } from '../../engines/require.ts';
import { writeFiles } from '../../prove/files.ts';

const trigger = (network: string) => RPZ.rpz_trigger?.run(network) as string;

it.each([
  ['192.0.2.10', '32.10.2.0.192'],
  ['198.51.100.0/25', '25.0.100.51.198'],
  ['10.0.0.0/8', '8.0.0.0.10'],
  ['2001:db8::5', '128.5.zz.db8.2001'],
  ['2001:db8::/48', '48.zz.db8.2001'],
  ['2001:db8:1:2:3:4:5:6', '128.6.5.4.3.2.1.db8.2001'],
  ['2001:db8:0:1:1:1:1:1', '128.1.1.1.1.1.0.db8.2001'],
  ['2001:db8:0:0:1::', '128.zz.1.0.0.db8.2001'],
  ['::1', '128.1.zz'],
  ['::', '128.zz'],
])('%s is %s', (network, expected) => {
  expect(trigger(network)).toBe(expected);
});

const network = fc.oneof(
  fc
    .tuple(fc.bigInt(0n, 0xffff_ffffn), fc.integer({ min: 1, max: 32 }))
    .map(([address, length]) => networkOf(4, address, length)),
  fc
    .tuple(
      // Groups of zeros, at any place, are what is written in a way of its own.
      fc.array(fc.oneof(fc.constant(0n), fc.bigInt(0n, 0xffffn)), { minLength: 8, maxLength: 8 }),
      fc.integer({ min: 1, max: 128 }),
    )
    .map(([groups, length]) =>
      networkOf(
        6,
        groups.reduce((sum, group) => sum * 65536n + group, 0n),
        length,
      ),
    ),
);

/** What the resolver’s only server gives for every name, which must come through. BIND keeps IPv4 in IPv6, as mapped. */
const CONTROLS = ['198.18.53.53', '::ffff:c612:3535', '2001:2::5353'].map(rangeOf);

const bindTest = await engineTest('bind');
bindTest('BIND takes the spelling of any network for canonical', async () => {
  const networks = new Set(
    fc
      .sample(network, 3000)
      .filter(
        (one) =>
          !CONTROLS.some(
            ({ family, first }) => family === one.family && one.first <= first && first <= one.last,
          ),
      )
      .map(formatRange),
  );
  const [file] = writeFiles({
    'all.rpz': `$TTL 300\n@ SOA localhost. root.localhost. 1 3600 600 604800 300\n@ NS localhost.\n${[
      ...networks,
    ]
      .map((one) => `${trigger(one)}.rpz-ip CNAME .\n`)
      .join('')}`,
  });
  expect((await bind.load([file as string])).problems).toEqual([]);
});
