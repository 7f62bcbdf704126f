import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { CompiledTarget } from '../compiler/compile.ts';
import { CODES, type Code } from '../compiler/diagnostics/codes.ts';
import { explainCode } from '../compiler/explain-code.ts';
import { explain } from '../compiler/index.ts';
import { openSession } from '../compiler/session.ts';
import { ROOT } from './cli/refang.ts';
import { INDICATORS, PROJECT } from './project.ts';
import { folderWith } from './temporary.ts';

const asOf = '2026-01-01';

async function explained(value: string, files: Record<string, string> = {}) {
  const report = await explain({ cwd: folderWith({ ...PROJECT, ...files }), asOf, value });
  return report.explanations.map(({ kind, value: canonical, defined }) => `${kind} ${canonical} ${defined}`);
}

test.each(['host.example', 'HOST.example.', 'host[.]example', ' host(dot)example ', '*.host.example'])(
  '%j means host.example',
  async (value) => {
    expect(await explained(value)).toEqual(['domain host.example indicators.yaml:13:7']);
  },
);

test('a text that is listed under two kinds is explained under both', async () => {
  const records = `${INDICATORS}  - file_name: host.example\n`;
  expect(await explained('host.example', { 'indicators.yaml': records })).toEqual([
    'domain host.example indicators.yaml:13:7',
    'file_name host.example indicators.yaml:21:16',
  ]);
});

test('fates by target, with reasons, what covers it and what carries it', async () => {
  const { explanations } = await explain({ cwd: folderWith(PROJECT), asOf, value: 'a.host.example' });
  const rule = { id: expect.stringMatching(/^\d{4}$/), revision: 1 };
  expect(explanations[0]?.fates).toEqual([
    {
      target: 'mine',
      fate: 'covered',
      by: 'host.example',
      by_defined: 'indicators.yaml:13:7',
      carriers: [
        { file: 'out/mine/rules.txt', first: 1, last: 1, ...rule, indicators: 1 },
        { file: 'out/mine/groups.txt', first: 3, last: 3, ...rule, indicators: 2 },
      ],
    },
    {
      target: 'wall',
      fate: 'emitted',
      carriers: [{ file: 'out/wall/list.txt', first: 1, last: 1, indicators: 1 }],
    },
  ]);
  expect(explanations[0]?.context).toMatchObject({ reports: ['sample'], confidence: 80 });
});

test('what is kept out and matched by another still', async () => {
  const records = `${INDICATORS}  - {domain: a.host.example, status: revoked}\n`;
  const cwd = folderWith({ ...PROJECT, 'indicators.yaml': records });
  const { explanations } = await explain({ cwd, asOf, value: 'a.host.example' });
  const kept = { fate: 'withheld', reason: 'revoked' };
  expect(explanations[0]?.fates).toEqual([
    { target: 'mine', ...kept, by: 'host.example', by_defined: 'indicators.yaml:13:7' },
    { target: 'wall', ...kept },
  ]);
});

test('a rule is found by an id that it had before', async () => {
  const line = (name: string, ids: string) =>
    `mine/names/domain/${name} ${ids} 1 0123456789abcdef 2025-01-15 2025-01-15\n`;
  const files = { ...PROJECT, 'refang.lock': line('host.example', '1234,77') + line('gone.example', '-,78') };
  const cwd = folderWith(files);
  const found = async (value: string) => {
    const { rules } = await explain({ cwd, asOf, value });
    return rules.map(({ id, key, state }) => `${key} ${id} ${state}`);
  };
  expect(await found('77')).toEqual(['mine/names/domain/host.example 1234 live']);
  expect(await found('78')).toEqual(['mine/names/domain/gone.example - retired']);
  expect(await found('79')).toEqual([]);
});

test('a number can be a port', async () => {
  const records = `${INDICATORS}  - endpoint: [host.example:1234, other.example:12345]\n`;
  const cwd = folderWith({ ...PROJECT, 'indicators.yaml': records });
  const { endpoints, explanations } = await explain({ cwd, asOf, value: '1234' });
  expect([endpoints, explanations]).toEqual([
    [{ value: 'host.example:1234', defined: 'indicators.yaml:21:16' }],
    [],
  ]);
});

describe('what is not listed', () => {
  test.each([
    ['hots.example', ['host.example', 'old.example', 'low.example']],
    ['192.0.2.2', ['192.0.2.1']],
    ['something.else.entirely', []],
  ])('%s: perhaps %s', async (value, nearest) => {
    const report = await explain({ cwd: folderWith(PROJECT), asOf, value });
    expect([report.explanations, report.nearest, report.session.failed]).toEqual([[], nearest, undefined]);
  });

  test('with an error in the input there is nothing to explain', async () => {
    const files = { ...PROJECT, 'indicators.yaml': INDICATORS.replace('192.0.2[.]1', '192.0.2.300') };
    const report = await explain({ cwd: folderWith(files), asOf, value: 'host.example' });
    expect([report.explanations, report.session.failed]).toEqual([[], 'input']);
  });
});

describe('every kind, in every target that is shipped', async () => {
  const targets = [
    'csv',
    'hosts',
    'misp',
    'nftables',
    'rpz',
    'sigma',
    'splunk',
    'stix',
    'suricata',
    'wazuh',
    'yara',
    'zeek',
  ];
  const open = () =>
    openSession({
      cwd: folderWith({
        'refang.yaml': `targets: [${targets.join(', ')}]\n`,
        'indicators.yaml': readFileSync(join(ROOT, 'examples/all-kinds.yaml'), 'utf8'),
      }),
      asOf,
    });

  test('an entry stands in the lines that are told', async () => {
    const { compiled } = await open();
    expect(compiled?.targets.length).toBe(targets.length);
    for (const target of compiled?.targets ?? []) {
      const files = new Map(
        [...target.files()].map(({ path, chunks }) => [path, [...chunks].join('').split('\n')]),
      );
      let placed = 0;
      for (const { path, first, last, text } of target.places(() => true)) {
        const lines = files
          .get(path)
          ?.slice(first - 1, last)
          .join('\n');
        expect([target.name, path, lines]).toEqual([target.name, path, expect.stringContaining(text)]);
        placed++;
      }
      expect([target.name, placed > 0]).toEqual([target.name, true]);
    }
  });

  test('an entry that alone is looked for stands where it stands among all', async () => {
    const { compiled } = await open();
    for (const target of compiled?.targets ?? []) {
      const all = [...target.places(() => true)];
      for (const one of all.filter((_, at) => at % 3 === 0)) {
        const same = all.filter(
          ({ pass, entry }) => pass === one.pass && isDeepStrictEqual(entry, one.entry),
        );
        const found = target.places(
          (pass, entry) => pass === one.pass && isDeepStrictEqual(entry, one.entry),
        );
        expect([target.name, ...found]).toEqual([target.name, ...same]);
      }
    }
  });

  test('files without what is looked for are not rendered', async () => {
    const { compiled } = await open();
    const target = compiled?.targets.find(({ name }) => name === 'zeek') as CompiledTarget;
    const { runners } = target.rendering;
    const drawn: string[] = [];
    for (const runner of runners.values()) {
      const stream = runner.stream.bind(runner);
      runner.stream = (template, ...rest) => {
        drawn.push(template);
        return stream(template, ...rest);
      };
    }
    expect([...target.places(({ name }) => name === 'names')].map(({ path }) => path)).toContain('names.dat');
    expect(drawn).toEqual(['names.hbs']);
  });

  test('what is written has a carrier, and every rule is found by what it is called', async () => {
    const cwd = folderWith({
      'refang.yaml': `targets: [${targets.join(', ')}]\n`,
      'indicators.yaml': readFileSync(join(ROOT, 'examples/all-kinds.yaml'), 'utf8'),
    });
    const { collection } = await openSession({ cwd, asOf });
    for (const value of (collection?.indicators.values ?? []).slice(0, 12)) {
      const { explanations } = await explain({ cwd, asOf, value });
      for (const { target, fate, carriers } of explanations[0]?.fates ?? []) {
        const written = fate === 'emitted' || fate === 'approximated' || fate === 'covered';
        expect([value, target, written, (carriers ?? []).length > 0]).toEqual([
          value,
          target,
          written,
          written,
        ]);
      }
    }
  });

  const named: [
    about: string,
    nameOf: (file: string, text: string, id: string) => string | undefined,
    target: string,
  ][] = [
    ['a UUID', (_, __, id) => id.toUpperCase(), 'sigma'],
    ['the first digits of a UUID', (_, __, id) => id.slice(0, 8), 'yara'],
    ['the file of a Sigma rule', (file) => file, 'sigma'],
    ['its name alone', (file) => file.slice(file.lastIndexOf('/') + 1), 'sigma'],
    ['the name of a YARA rule', (_, text) => /^rule (\w+)/m.exec(text)?.[1], 'yara'],
    ['a sid', (_, __, id) => id, 'suricata'],
  ];
  test.each(named)('a rule by %s', async (_, nameOf, name) => {
    const files = {
      'refang.yaml': `targets: [${name}]\n`,
      'indicators.yaml': readFileSync(join(ROOT, 'examples/all-kinds.yaml'), 'utf8'),
    };
    const cwd = folderWith(files);
    const { compiled } = await openSession({ cwd, asOf });
    const target = compiled?.targets[0];
    const [placed] = target?.places(({ identity }) => identity) ?? [];
    const id = placed?.rule?.id as string;
    const value = nameOf(placed?.path ?? '', placed?.text ?? '', id) as string;
    const { rules } = await explain({ cwd, asOf, value });
    expect(rules.map((rule) => [rule.id, rule.state, rule.target])).toContainEqual([id, 'live', name]);
    expect(rules[0]?.indicators.length).toBeGreaterThan(0);
  });
});

describe('codes', () => {
  // A name of one label is refused as it is read (RF305), so that nothing that is read shows RF403.
  const shown = (Object.keys(CODES) as Code[]).filter((code) => code !== 'RF403');

  test.each(shown)('%s has an example that shows it', async (code) => {
    const { example, ...entry } = (await explainCode(code)) ?? {};
    expect(example).toMatch(new RegExp(`^(error|warning|hint)\\[${code}\\]: `));
    expect(entry).toEqual({ code, ...CODES[code] });
  });
});
