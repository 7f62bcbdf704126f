import { describe, expect, test } from 'vitest';
import { domain } from '../../compiler/indicators/domain.ts';
import { dataLines, hasData, testAccepted, testRefused } from './tables.ts';

const long = 'a'.repeat(64);
const name254 = `${'a.'.repeat(123)}example`.padStart(254, 'b');

testAccepted(domain, [
  ['host.example', 'host.example'],
  ['HOST.Example', 'host.example'],
  ['  host.example\t', 'host.example'],
  ['host.example.', 'host.example'],
  ['host[.]example', 'host.example'],
  ['host(.)sub{.}example', 'host.sub.example'],
  ['host[dot]example', 'host.example'],
  ['host [DOT] example', 'host.example'],
  ['host[ . ]example', 'host.example'],
  ['host\\.example', 'host.example'],
  ['_dmarc.under_score.example', '_dmarc.under_score.example'],
  ['-edge-.example', '-edge-.example'],
  ['0------------0.example', '0------------0.example'],
  ['1ds[.]me', '1ds.me'],
  ['host.1a', 'host.1a'],
  [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
  [name254.slice(1), name254.slice(1)],
  ['exämple.example', 'xn--exmple-cua.example'],
  ['EXÄMPLE[.]example', 'xn--exmple-cua.example'],
  ['xn--EXMPLE-cua.example', 'xn--exmple-cua.example'],
  ['straße.example', 'xn--strae-oqa.example'],
  ['аррle.example', 'xn--le-6kc8da.example'],
  ['例え。テスト', 'xn--r8jz45g.xn--zckzah'],
  ['host．example｡', 'host.example'],
  ['ｈｏｓｔ.example', 'host.example'],
  [
    '*.host.example',
    'host.example',
    ['RF307 `*.host.example` is read as `host.example`, which matches all names below it as well'],
  ],
  [
    '*[.]host[.]example',
    'host.example',
    ['RF307 `*[.]host[.]example` is read as `host.example`, which matches all names below it as well'],
  ],
]);

testRefused(domain, [
  ['', 'RF301', 'the value is empty'],
  [' \t ', 'RF301', 'the value is empty'],
  ['«example»', 'RF305', '`example` is a single label'],
  ['*.«example»', 'RF305', '`example` is a single label'],
  ['«localhost»', 'RF305', '`localhost` is a single label'],
  ['host«..»example', 'RF304', '`host..example` has an empty label'],
  ['host«[.][.]»example', 'RF304', '`host[.][.]example` has an empty label'],
  ['«.»host.example', 'RF304', '`.host.example` has an empty label'],
  ['host.example«..»', 'RF304', '`host.example..` has an empty label'],
  [`x[.]«${long}».example`, 'RF304', `\`x[.]${long}.example\` has a label of 64 characters; 63 is the most`],
  [`«${name254}»`, 'RF304', `\`${name254.slice(0, 80)}…\` has 254 characters; 253 is the most`],
  ['«192.0.2.1»', 'RF302', '`192.0.2.1` is an IP address, not a domain name', 'write it under `ip:`'],
  ['«192.0.2[.]1»', 'RF302', '`192.0.2[.]1` is an IP address, not a domain name', 'write it under `ip:`'],
  ['«2001:db8::1»', 'RF302', '`2001:db8::1` is an IP address, not a domain name', 'write it under `ip:`'],
  ['«192.0.2.0/24»', 'RF302', '`192.0.2.0/24` is a network, not a domain name', 'write it under `cidr:`'],
  [
    '«hxxp://host[.]example/a»',
    'RF302',
    '`hxxp://host[.]example/a` is a URL, not a domain name',
    'write it under `url:`',
  ],
  [
    '«host.example:8080»',
    'RF302',
    '`host.example:8080` is a host with a port, not a domain name',
    'write it under `endpoint:`',
  ],
  [
    '«user@host.example»',
    'RF302',
    '`user@host.example` is an e-mail address, not a domain name',
    'write it under `email:`',
  ],
  [
    'host[.]example«/path»',
    'RF302',
    '`host[.]example/path` has a path, so it is not a domain name',
    'for this one address write it with its scheme under `url:`; for the whole site write `host[.]example`',
  ],
  ['010.0.0.«1»', 'RF306', '`010.0.0.1` ends in the number `1`'],
  ['host.«0x1f»', 'RF306', '`host.0x1f` ends in the number `0x1f`'],
  ['１９２.0.2.«1»', 'RF306', '`１９２.0.2.1` ends in the number `1`'],
  ['host« »name.example', 'RF303', '`host name.example` is not a domain name: it holds a space'],
  ['host[.]na«%»41me.example', 'RF303', '`host[.]na%41me.example` is not a domain name: it holds `%`'],
  ['evil«?»x.example', 'RF303', '`evil?x.example` is not a domain name: it holds `?`'],
  ['a«\n»b.example', 'RF303', '`a<U+000A>b.example` is not a domain name: it holds `<U+000A>`'],
  ['host«[».example', 'RF303', '`host[.example` is not a domain name: it holds `[`'],
  [
    'host.«*».example',
    'RF303',
    '`host.*.example` is not a domain name: it holds `*`',
    'a wildcard can only stand in front, as `*.`; write the domain below which all names match',
  ],
  ['ho«\u200b»st.example', 'RF334', '`ho<U+200B>st.example` holds the invisible character U+200B'],
  ['ho«\u202e»st.example', 'RF334', '`ho<U+202E>st.example` holds the invisible character U+202E'],
  [
    '«xn--a.example»',
    'RF303',
    '`xn--a.example` is not a valid internationalised domain name',
    'no browser accepts this name; check the letters, or the label that begins with `xn--`',
  ],
  [
    '«host！.example»',
    'RF303',
    '`host！.example` is not a valid internationalised domain name',
    'no browser accepts this name; check the letters, or the label that begins with `xn--`',
  ],
]);

test('the label of a wrong kind names the kind', () => {
  expect(domain.parse('http://host.example/')).toMatchObject({ label: 'this is a URL' });
});

test('describe counts labels and finds underscores', () => {
  expect(domain.describe('a.b.example')).toEqual({ labels: 3, underscore: false });
  expect(domain.describe('_dmarc.b.example')).toEqual({ labels: 3, underscore: true });
});

test('a hostile name of a megabyte is refused, and cut in the message', () => {
  const result = domain.parse(`${'ä'.repeat(1_000_000)}.example`);
  expect(result).toMatchObject({ ok: false, code: 'RF304' });
  expect(!result.ok && result.message.length).toBeLessThan(150);
});

describe.skipIf(!hasData)('public lists (skipped: the public data is not beside the checkout)', () => {
  test.each([
    // The one refusal is a name with the query of a URL behind it, `….php?rand=13…`: no such name exists.
    ['lists/phishingdb-active2-domains.txt', 21_290, ['RF303 ?']],
    ['lists/blocklistproject-phishing-domains.txt', 20_000, []],
  ])('%s', (path, count, expected) => {
    const refusals: string[] = [];
    for (const line of dataLines(path).slice(0, count)) {
      const result = domain.parse(line);
      if (result.ok) expect(result.value).toBe(line.toLowerCase().replace(/\.$/, ''));
      else refusals.push(`${result.code} ${line.slice(result.at?.start, result.at?.end)}`);
    }
    expect(refusals).toEqual(expected);
  });
});
