/** Response policy zones in the four servers that read them: what they say of faults, and what they do to queries. */

import { describe, expect } from 'vitest';
import type { Case } from '../../../../compiler/prove/behaviour.ts';
import type { EngineName } from '../../../../compiler/prove/engine.ts';
import { ENGINES } from '../../../../compiler/prove/engines.ts';
import { engineTest } from '../../../engines/require.ts';
import { writeFiles } from '../../files.ts';

const HEAD = `$TTL 300
@ SOA localhost. root.localhost. 7 3600 600 604800 300
@ NS localhost.
`;

const RPZ_ENGINES = ['bind', 'unbound', 'knot', 'powerdns'] as const;
type RpzEngine = (typeof RPZ_ENGINES)[number];

/** Such as `bind` for an engine, where all of them say the same but for some. */
type ByEngine<T> = Partial<Record<RpzEngine, T>> & { all?: T };

describe.each(RPZ_ENGINES)('%s reads a response policy zone', async (name) => {
  const engine = ENGINES[name];
  const tested = await engineTest(name as EngineName);

  tested('without a word where it is right', async () => {
    const files = writeFiles({
      'block.rpz': `${HEAD}host.example CNAME .\n*.host.example CNAME .\n25.0.100.51.198.rpz-ip CNAME .\n`,
      'b *[x].rpz': `${HEAD}old.example CNAME rpz-passthru.\n48.zz.bad.db8.2001.rpz-ip CNAME rpz-passthru.\n`,
    });
    const report = await engine.load(files);
    expect(report).toMatchObject({ engine: name, ok: true, problems: [] });
    expect(report.version).toMatch(/^\d+\.\d+/);
  });

  const faults: readonly [about: string, line: string, says: ByEngine<RegExp>][] = [
    [
      'a name beside the zone',
      'host.example. CNAME .',
      { bind: /^ignoring out-of-zone data \(host\.example\)$/, unbound: /not a subdomain|cannot insert/ },
    ],
    [
      'an action without its final dot',
      'host.example CNAME rpz-drop',
      { bind: /^the CNAME of host\.example leads into the zone itself: rpz-drop has no final dot$/ },
    ],
    [
      'host bits in a network',
      '24.5.2.0.192.rpz-ip CNAME .',
      { bind: /^invalid rpz IP address "24\.5\.2\.0\.192\.rpz-ip\S*"; too small prefix length of 24$/ },
    ],
    [
      'a prefix that is too long',
      '33.5.2.0.192.rpz-ip CNAME .',
      { bind: /invalid IPv4 prefix length of 33$/, powerdns: /No 'zz' label found/ },
    ],
    [
      'IPv6 that is not in short form',
      '64.0.0.0.0.0.0.db8.2001.rpz-ip CNAME .',
      { bind: /^rpz IP address "64\.0\.\S+" is not the canonical "64\.zz\.db8\.2001"$/ },
    ],
    [
      'an answer of its own',
      'host.example CNAME walled.garden.',
      { knot: /^CNAME with custom target in RPZ is not supported/ },
    ],
    [
      'two actions for a name',
      'a.example CNAME .\na.example CNAME *.',
      { bind: /multiple RRs of singleton type/ },
    ],
    ['a label that is too long', `${'a'.repeat(64)}.example CNAME .`, { all: /./ }],
    ['a line that is none', 'host.example NONSENSE .', { all: /./ }],
  ];
  for (const [about, line, { all, [name]: own = all }] of faults) {
    if (own === undefined) continue;
    tested(`and says where there is ${about}`, async () => {
      const [good, bad] = writeFiles({ 'a.rpz': HEAD, 'b.rpz': `${HEAD}${line}\n` });
      const { ok, problems } = await engine.load([good as string, bad as string]);
      expect(ok).toBe(false);
      expect(problems.map(({ message }) => message)).toContainEqual(expect.stringMatching(own));
      // BIND names no file beside a trigger that it does not use, but the trigger.
      const expected = name === 'bind' ? [bad] : [bad, ''];
      for (const { file } of problems) expect(expected).toContain(file);
    });
  }
});

const caseOf = (text: string, id: number): Case => ({
  id,
  kind: /^[\d.]+$|:/.test(text) ? 'ip' : 'domain',
  text,
  expect: 'match',
  about: '',
});

/** What is done to queries for each name, or where the answer is the address. */
async function deeds(name: RpzEngine, block: string, watch: string, texts: readonly string[]) {
  const files = writeFiles({ 'block.rpz': HEAD + block, 'watch.rpz': HEAD + watch });
  const cases = texts.map(caseOf);
  const report = await ENGINES[name].behave?.({ files, cases });
  const seen = texts.map((text, id) => {
    const of = report?.observations.filter((one) => one.case === id) ?? [];
    return [text, [...new Set(of.map(({ rules: [deed] }) => deed ?? 'nothing'))].join(' ') || 'not shown'];
  });
  return { deeds: Object.fromEntries(seen), report };
}

const EVERY: readonly (readonly [string, string, string, Record<string, string>])[] = [
  [
    'what does not exist, with all below it',
    'host.example CNAME .\n*.host.example CNAME .\n',
    '',
    {
      'host.example': 'drop',
      'WWW.Host.Example': 'drop',
      'a.b.c.host.example': 'drop',
      'evilhost.example': 'nothing',
      'host.example.test': 'nothing',
      'other.onion': 'nothing',
      'other.invalid': 'nothing',
    },
  ],
  [
    'a wildcard, which does not reach its apex',
    '*.host.example CNAME .\n',
    '',
    { 'host.example': 'nothing', 'a.host.example': 'drop' },
  ],
  ['a name alone', 'host.example CNAME .\n', '', { 'host.example': 'drop', 'a.host.example': 'nothing' }],
  ['what has no data', 'host.example CNAME *.\n', '', { 'host.example': 'drop' }],
  [
    'what is not answered',
    'host.example CNAME rpz-drop.\n',
    '',
    { 'host.example': 'drop', 'other.example': 'nothing' },
  ],
  [
    'what is logged, but not what is blocked before',
    'c2.old.example CNAME .\n*.c2.old.example CNAME .\n',
    'old.example CNAME rpz-passthru.\n*.old.example CNAME rpz-passthru.\n',
    {
      'old.example': 'count',
      'A.b.OLD.example': 'count',
      'c2.old.example': 'drop',
      'www.c2.old.example': 'drop',
      'evilold.example': 'nothing',
    },
  ],
];

const ADDRESSES: (typeof EVERY)[number] = [
  'addresses in answers',
  '32.10.2.0.192.rpz-ip CNAME .\n25.0.100.51.198.rpz-ip CNAME .\n48.zz.bad.db8.2001.rpz-ip CNAME .\n',
  '32.11.2.0.192.rpz-ip CNAME rpz-passthru.\n128.1.zz.db8.2001.rpz-ip CNAME rpz-passthru.\n',
  {
    '192.0.2.10': 'drop',
    '192.0.2.9': 'nothing',
    '192.0.2.11': 'count',
    '198.51.100.0': 'drop',
    '198.51.100.127': 'drop',
    '198.51.100.128': 'nothing',
    '2001:db8:bad:ffff::1': 'drop',
    '2001:db8:bae::': 'nothing',
    '2001:db8::1': 'count',
    '2001:db8::2': 'nothing',
  },
];

describe.each(RPZ_ENGINES)('%s, asked for names, tells', async (name) => {
  const tested = await engineTest(name as EngineName);
  for (const [title, block, watch, expected] of name === 'knot' ? EVERY : [...EVERY, ADDRESSES]) {
    tested(title, async () => {
      expect((await deeds(name, block, watch, Object.keys(expected))).deeds).toEqual(expected);
    });
  }
});

describe('BIND', async () => {
  const tested = await engineTest('bind');
  tested('is not believed where it withholds what nobody lists', async () => {
    await expect(deeds('bind', '*.example CNAME .\n', '', ['host.example'])).rejects.toThrow(
      'the resolver withholds a name that nobody lists',
    );
  });
});

describe('Knot Resolver', async () => {
  const tested = await engineTest('knot');
  tested('is not asked for addresses', async () => {
    const { deeds: seen, report } = await deeds('knot', ADDRESSES[1], ADDRESSES[2], ['192.0.2.10']);
    expect(seen).toEqual({ '192.0.2.10': 'not shown' });
    expect(report?.notCarried).toEqual([
      { kind: 'ip', why: 'Knot Resolver 5 has no triggers for addresses' },
    ]);
  });
});
