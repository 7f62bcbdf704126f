import { expect, test } from 'vitest';
import { dnsmasq } from '../../compiler/prove/dnsmasq.ts';
import { engineTest } from '../engines/require.ts';
import { writeFiles } from '../prove/files.ts';
import { buildOne } from './build-one.ts';

const dnsmasqTest = await engineTest('dnsmasq');

const NAMES = `  - domain: [host.example, below.host.example]
  - {domain: alone.example, match: exact}
  - {domain: also.host.example, match: exact}
  - {domain: old.example, status: historical}
`;

test('names below a listed one keep their lines, and what is lost is told', async () => {
  const { text, fateOf } = await buildOne('hosts', NAMES);
  expect(text).toBe(`# Names to block, by Refang.
# Report: Names of "the" group local-zone: "x." refuse (Example CERT, 2025-01-15) https://www.example.com/r

# To be blocked with all names below them, which a hosts file cannot say.
0.0.0.0 below.host.example
:: below.host.example
0.0.0.0 host.example
:: host.example

# To be blocked alone.
0.0.0.0 alone.example
:: alone.example
0.0.0.0 also.host.example
:: also.host.example
`);
  expect(await fateOf('host.example')).toBe(
    'approximated a hosts file says one name a line, so the names below this one are not blocked (block)',
  );
  expect(await fateOf('alone.example')).toBe('emitted (block)');
  expect(await fateOf('old.example')).toBe('withheld status');
});

test('addresses have no place', async () => {
  const { lines, fateOf } = await buildOne('hosts', '  - ip: 192.0.2.1\n');
  expect(lines).toEqual([]);
  expect(await fateOf('192.0.2.1')).toBe('unsupported a hosts file sees names, not addresses');
});

dnsmasqTest('dnsmasq, which reads hosts files, gives out neither address of the names', async () => {
  const { path } = await buildOne('hosts', NAMES);
  const texts = ['host.example', 'HOST.example', 'alone.example', 'www.host.example', 'old.example'];
  const cases = texts.map((text, id) => ({ id, text, kind: 'domain', expect: 'match', about: '' }) as const);
  const report = await dnsmasq.behave?.({ files: writeFiles({ 'a.conf': `addn-hosts=${path}\n` }), cases });
  const deeds = report?.observations.map(({ rules }) => rules[0] ?? 'nothing');
  expect(deeds).toEqual([...Array(6).fill('drop'), ...Array(4).fill('nothing')]);
});
