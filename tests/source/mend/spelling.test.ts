import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Kind } from '../../../compiler/indicators/kind.ts';
import { KIND_MODULES } from '../../../compiler/indicators/kinds.ts';
import { mendedSpelling } from '../../../compiler/source/mend/spelling.ts';

function mended(kind: Kind, written: string): string | undefined {
  const parsed = KIND_MODULES[kind].parse(written);
  if (!parsed.ok) throw new Error(parsed.message);
  return mendedSpelling(parsed.kind, written, parsed.value);
}

const MENDED: [kind: Kind, written: string, better: string][] = [
  ['domain', 'HOST.example', 'host.example'],
  ['domain', 'host.example.', 'host.example'],
  ['domain', 'Host[.]Example[.]', 'host[.]example'],
  ['domain', 'Host(DOT)example', 'host(DOT)example'],
  ['domain', '*.Host.example', '*.host.example'],
  ['domain', 'BÜcher.Example', 'bÜcher.example'],
  ['email', 'Someone@Host.EXAMPLE', 'someone@host.example'],
  ['email', 'Someone[at]Host[.]EXAMPLE.', 'someone[at]host[.]example'],
  ['url', 'HTTP://Host.Example/Path?Q=A', 'http://host.example/Path?Q=A'],
  ['url', 'hXXps[:]//Host[.]Example:8443/A', 'hXXps[:]//host[.]example:8443/A'],
  ['ip', '2001:DB8::1', '2001:db8::1'],
  ['endpoint', 'Host[.]example:443', 'host[.]example:443'],
  ['cidr', '192.0.2.77/24', '192.0.2.0/24'],
  ['cidr', '192.0.2[.]77/25', '192.0.2[.]0/25'],
  ['cidr', '192[.]0(.)2{.}77/8', '192[.]0(.)0{.}0/8'],
  ['cidr', '2001:DB8::1/32', '2001:db8::/32'],
  ['cidr', '2001:DB8::/32', '2001:db8::/32'],
  ['hash', 'D41D8CD98F00B204E9800998ECF8427E', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['certificate', 'AA:BB'.padEnd(59, ':CC'), 'aa:bb'.padEnd(59, ':cc')],
  ['ja4', 'T13D1516H2_8DAAF6152771_B186095E22B6', 't13d1516h2_8daaf6152771_b186095e22b6'],
];

const LEFT: [kind: Kind, written: string][] = [
  ['domain', 'host.example'],
  ['domain', 'host[.]example'],
  ['domain', '*.host.example'],
  ['domain', 'bücher.example'],
  ['url', 'hxxp://host[.]example/Path'],
  ['url', 'http://host.example/a#B'],
  ['url', 'http://User@Host.example/'],
  ['ip', '192.0.2[.]1'],
  ['ip', '2001:db8:0:0::1'],
  ['cidr', '192.0.2.0/24'],
  ['cidr', '192.0.2.1 - 192.0.2.9'],
  ['cidr', '192.0.2.1/32'],
  ['cidr', '2001[:]db8::1/32'],
  ['file_name', 'Evil.EXE'],
  ['mutex', 'Global\\ABC.'],
  ['user_agent', 'Mozilla/5.0'],
];

describe('mendedSpelling', () => {
  test.each(MENDED)('%s %s is better written %s', (kind, written, better) => {
    expect(mended(kind, written)).toBe(better);
  });

  test.each(LEFT)('%s %s is left as it is', (kind, written) => {
    expect(mended(kind, written)).toBeUndefined();
  });

  const label = fc.stringMatching(/^[A-Za-z0-9]{1,8}$/);
  const dot = fc.constantFrom('.', '[.]', '(dot)', '[DOT]', '\\.');
  const name = fc
    .tuple(label, dot, label, dot, fc.constantFrom('Example', 'COM', 'com', 'com.'))
    .map((parts) => parts.join(''));
  const octet = fc.nat(255);
  const network = fc
    .tuple(octet, octet, octet, octet, fc.integer({ min: 1, max: 31 }), dot)
    .map(([a, b, c, d, length, sign]) => `${a}.${b}${sign}${c}.${d}/${length}`);
  const value = fc.oneof(
    name.map((written) => ['domain', written] as const),
    name.map((written) => ['url', `hXXp://${written}/A`] as const),
    name.map((written) => ['email', `A@${written}`] as const),
    network.map((written) => ['cidr', written] as const),
  );
  test('what is mended is read as the same, and has nothing more to mend', () => {
    fc.assert(
      fc.property(value, ([kind, written]) => {
        const before = KIND_MODULES[kind].parse(written);
        const better = before.ok ? mended(kind, written) : undefined;
        if (!before.ok || better === undefined) return;
        expect(KIND_MODULES[kind].parse(better)).toMatchObject({
          ok: true,
          kind: before.kind,
          value: before.value,
        });
        expect(mended(kind, better)).toBeUndefined();
      }),
    );
  });
});
