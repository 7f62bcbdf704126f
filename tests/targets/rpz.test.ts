import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Kind } from '../../compiler/indicators/kind.ts';
import type { EngineName } from '../../compiler/prove/engine.ts';
import { bind } from '../../compiler/prove/engines/resolvers/bind.ts';
import { ENGINES } from '../../compiler/prove/engines.ts';
import { findProgram, run } from '../../compiler/prove/process.ts';
import { engineTest } from '../engines/require.ts';
import { type BuiltFiles, buildFiles } from './build-one.ts';
import { README_RESOLVERS, showWithReadme } from './rpz-readme.ts';

const HEAD = `; Report: Names of "the" group local-zone: "x." refuse (Example CERT, 2025-01-15) https://www.example.com/r
$TTL 300
@ SOA localhost. root.localhost. 1 3600 600 604800 300
@ NS localhost.
`;

/** Records without the head of the zone, and without comments. */
function records(built: BuiltFiles, file: string): string[] {
  const lines = built.files.get(file)?.split('\n') ?? [];
  return lines.filter((line) => !/^[;$@]|^$/.test(line));
}

const paths = ({ folder, files }: BuiltFiles) => [...files.keys()].map((file) => join(folder, file));

test('the files whole', async () => {
  const { files } = await buildFiles(
    'rpz',
    `  - domain: [host.example, xn--bcher-kva.example, _sip.other.example]
  - {domain: alone.example, match: exact}
  - {domain: old.example, status: historical}
  - ip: [192.0.2.8, 192.0.2.9, "2001:db8::5"]
  - cidr: [198.51.100.0/25, 203.0.113.5-203.0.113.7]
  - {cidr: "2001:db8:1::/48", confidence: 10}
`,
  );
  expect(Object.fromEntries(files)).toEqual({
    'block.rpz': `; Names to block, by Refang.
${HEAD}
; These names and all below them.
_sip.other.example CNAME .
*._sip.other.example CNAME .
host.example CNAME .
*.host.example CNAME .
xn--bcher-kva.example CNAME .
*.xn--bcher-kva.example CNAME .

; These names alone.
alone.example CNAME .
`,
    'block-addresses.rpz': `; Addresses to block in answers, by Refang.
${HEAD}
31.8.2.0.192.rpz-ip CNAME .
25.0.100.51.198.rpz-ip CNAME .
32.5.113.0.203.rpz-ip CNAME .
31.6.113.0.203.rpz-ip CNAME .
128.5.zz.db8.2001.rpz-ip CNAME .
`,
    'watch.rpz': `; Names to watch, by Refang.
${HEAD}
; These names and all below them.
old.example CNAME rpz-passthru.
*.old.example CNAME rpz-passthru.
`,
    'watch-addresses.rpz': `; Addresses to watch in answers, by Refang.
${HEAD}
48.zz.1.db8.2001.rpz-ip CNAME rpz-passthru.
`,
  });
});

test('what is blocked needs no watching, and what is watched does not spare what is blocked', async () => {
  const built = await buildFiles(
    'rpz',
    `  - domain: [host.example, c2.old.example]
  - {domain: [old.host.example, old.example], status: historical}
  - {domain: alone.host.example, match: exact, confidence: 10}
  - cidr: 192.0.2.0/24
  - {ip: 192.0.2.7, status: historical}
`,
  );
  expect(records(built, 'block.rpz')).toEqual([
    'c2.old.example CNAME .',
    '*.c2.old.example CNAME .',
    'host.example CNAME .',
    '*.host.example CNAME .',
  ]);
  expect(records(built, 'watch.rpz')).toEqual([
    'old.example CNAME rpz-passthru.',
    '*.old.example CNAME rpz-passthru.',
  ]);
  expect(records(built, 'watch-addresses.rpz')).toEqual([]);
  for (const value of ['old.host.example', 'alone.host.example', '192.0.2.7'])
    expect(await built.fateOf(value)).toBe('covered (block)');
});

test('what has no place has its reason', async () => {
  const { fateOf } = await buildFiles(
    'rpz',
    `  - endpoint: host.example:443
  - url: https://host.example/a
  - mutex: Global\\example
`,
  );
  expect(await fateOf('host.example:443')).toBe(
    'unsupported a resolver sees names, not ports: every service of the host would be blocked',
  );
  expect(await fateOf('https://host.example/a')).toBe(
    'unsupported a resolver sees names, not requests: the whole site would be blocked',
  );
  expect(await fateOf('Global\\example')).toBe('unsupported a resolver sees names and addresses alone');
});

const LABEL = 'a'.repeat(50);
/** A name of 220 characters, the longest whose wildcard fits into a zone of 30 octets. */
const LONGEST = `${'b'.repeat(8)}.${[LABEL, LABEL, LABEL, LABEL].join('.').slice(0, 203)}.example`;

describe('in BIND', async () => {
  const bindTest = await engineTest('bind');

  bindTest(
    'the longest names load where the name of the zone leaves room; longer ones are withheld',
    async () => {
      expect(LONGEST).toHaveLength(220);
      const built = await buildFiles(
        'rpz',
        `  - domain: [${LONGEST}, x${LONGEST}]\n  - {domain: c${LONGEST.slice(1)}, match: exact}\n`,
      );
      expect(records(built, 'block.rpz')).toHaveLength(3);
      expect(await built.fateOf(`x${LONGEST}`)).toBe('withheld limit');
      const zones = [30, 31].map((length) => 'rpz.example'.padStart(length, 'x'));
      const file = join(built.folder, 'block.rpz');
      const checked = zones.map((zone) =>
        run(findProgram('named-checkzone') ?? '', ['-i', 'none', zone, file]),
      );
      expect((await Promise.all(checked)).map(({ status }) => status)).toEqual([0, 1]);
    },
  );

  bindTest('hostile words stay comments', async () => {
    const built = await buildFiles(
      'rpz',
      `  - {domain: host.example, note: "x\\n$INCLUDE /etc/passwd", tags: ["a;b", "@ CNAME ."]}
  - {ip: 192.0.2.1, note: "\\r\\n* CNAME ."}
`,
    );
    expect((await bind.load(paths(built))).problems).toEqual([]);
    expect([...records(built, 'block.rpz'), ...records(built, 'block-addresses.rpz')]).toEqual([
      'host.example CNAME .',
      '*.host.example CNAME .',
      '32.1.2.0.192.rpz-ip CNAME .',
    ]);
  });
});

/** `refang-proof.example` is where the proof asks for names that lead to an address. */
const TRICKY = `  - domain: host.example
  - {domain: alone.example, match: exact}
  - {domain: [old.example, refang-proof.example], status: historical}
  - ip: 192.0.2.10
  - cidr: "2001:db8:bad::/48"
  - {ip: 198.51.100.7, status: historical}
`;

describe.each(README_RESOLVERS)('%s, set up as the README says', async (name) => {
  const tested = await engineTest(name as EngineName);

  tested('loads nothing as well', async () => {
    const built = await buildFiles('rpz', '  - mutex: nothing\n');
    expect((await ENGINES[name].load(paths(built))).problems).toEqual([]);
  });

  tested('blocks and logs, and a watched name does not spare a blocked address', async () => {
    const built = await buildFiles('rpz', TRICKY);
    const expected: Record<string, string> = {
      'host.example': 'drop',
      'www.host.example': 'drop',
      'evilhost.example': 'nothing',
      'alone.example': 'drop',
      'www.alone.example': 'nothing',
      'WWW.old.example': 'count',
      ...(name !== 'knot' && {
        '192.0.2.10': 'drop',
        '2001:db8:bad::1': 'drop',
        '198.51.100.7': 'count',
      }),
    };
    const cases = Object.keys(expected).map((text, id) => {
      const kind: Kind = /^[\d.]+$|:/.test(text) ? 'ip' : 'domain';
      return { id, kind, text, expect: 'match', about: '' } as const;
    });
    const report = await showWithReadme(name, { files: paths(built), cases });
    const deeds = cases.map(({ id, text }) => {
      const seen = report.observations.filter((one) => one.case === id);
      return [text, [...new Set(seen.map(({ rules: [deed] }) => deed ?? 'nothing'))].join(' ')];
    });
    expect(Object.fromEntries(deeds)).toEqual(expected);
  });
});

test('the README shows what is in the golden', () => {
  const folder = join(import.meta.dirname, '../../templates/rpz');
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const [, file = '', shown = ''] = /```dns golden\/(\S+)\n([^`]*)```/.exec(readme) ?? [];
  expect(readFileSync(join(folder, 'golden', file), 'utf8')).toContain(shown);
});
