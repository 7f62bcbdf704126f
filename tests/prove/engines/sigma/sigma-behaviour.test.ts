import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished } from 'vitest';
import { build } from '../../../../compiler/index.ts';
import type { Kind } from '../../../../compiler/indicators/kind.ts';
import { KIND_MODULES } from '../../../../compiler/indicators/kinds.ts';
import type { IndicatorSet } from '../../../../compiler/indicators/set.ts';
import type { Witness, Witnesses } from '../../../../compiler/indicators/witnesses.ts';
import type { BehaviourReport, Case } from '../../../../compiler/prove/behaviour.ts';
import { sigma } from '../../../../compiler/prove/engines/sigma/sigma.ts';
import { run } from '../../../../compiler/prove/process.ts';
import { engineTest } from '../../../engines/require.ts';
import { writeFiles } from '../../files.ts';

const sigmaTest = await engineTest('sigma');

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');

const DNS_WINDOWS = 'category: dns_query\n    product: windows';
const DNS = 'category: dns';
const PROXY = 'category: proxy';
const CONNECTION = 'category: network_connection\n    product: windows';
const FIREWALL = 'category: firewall';
const FILE = 'category: file_event\n    product: windows';

function uuid(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/** A rule, numbered. `detection` is its YAML. */
function rule(n: number, logsource: string, detection: string): string {
  const body = detection.replace(/^/gm, '    ');
  return `title: Rule ${n}\nid: ${uuid(n)}\nlogsource:\n    ${logsource}\ndetection:\n${body}\n`;
}

function cases(kind: Kind, texts: readonly string[]): Case[] {
  return texts.map((text, id) => ({ id, kind, text, expect: 'match', about: '' }));
}

async function behave(rules: readonly string[], shown: readonly Case[], keep?: string) {
  const files = writeFiles(Object.fromEntries(rules.map((text, n) => [`rule_${n}.yml`, text])));
  return {
    files,
    report: (await sigma.behave?.({ files, cases: shown, ...(keep && { keep }) })) as BehaviourReport,
  };
}

/** The texts of the cases on which a rule fired, in one carrier. */
async function hits(
  logsource: string,
  detection: string,
  kind: Kind,
  texts: readonly string[],
  carrier?: string,
) {
  const { report } = await behave([rule(1, logsource, detection)], cases(kind, texts));
  expect(report.unseen).toEqual([]);
  return report.observations
    .filter((seen) => seen.rules.includes(uuid(1)) && (carrier === undefined || seen.carrier === carrier))
    .map((seen) => texts[seen.case]);
}

const NAMES = [
  'evil.example',
  'EVIL.Example',
  'www.evil.example',
  'notevil.example',
  'evil.example.test',
  'evilxexample',
  'innocent.example',
];

describe('what fires is what the Sigma specification says', () => {
  const table: [
    title: string,
    logsource: string,
    detection: string,
    kind: Kind,
    texts: string[],
    hit: string[],
  ][] = [
    [
      'equality ignores letter case and nothing else',
      DNS,
      "sel:\n    query: 'evil.EXAMPLE'\ncondition: sel",
      'domain',
      NAMES,
      ['evil.example', 'EVIL.Example'],
    ],
    [
      'letter case is ignored beyond ASCII, character by character',
      FILE,
      "sel:\n    TargetFilename|endswith: '\\ÄRGER Σ.exe'\neq:\n    TargetFilename: 'C:\\STRASSE'\ncondition: 1 of *",
      'file_path',
      ['C:\\x\\ärger σ.EXE', 'C:\\x\\arger σ.exe', 'C:\\straße', 'c:\\strasse'],
      ['C:\\x\\ärger σ.EXE', 'c:\\strasse'],
    ],
    [
      'endswith',
      DNS,
      "sel:\n    query|endswith: '.evil.example'\ncondition: sel",
      'domain',
      NAMES,
      ['www.evil.example'],
    ],
    [
      'startswith',
      DNS,
      "sel:\n    query|startswith: 'Evil.'\ncondition: sel",
      'domain',
      NAMES,
      ['evil.example', 'EVIL.Example', 'evil.example.test'],
    ],
    ['contains', DNS, "sel:\n    query|contains: 'l.ex'\ncondition: sel", 'domain', NAMES, NAMES.slice(0, 5)],
    [
      'contains|all',
      DNS,
      "sel:\n    query|contains|all:\n        - 'evil'\n        - 'test'\ncondition: sel",
      'domain',
      NAMES,
      ['evil.example.test'],
    ],
    [
      '`?` is one character, `*` any number',
      DNS,
      "one:\n    query: 'evil?example'\nany:\n    query: 'w*.evil.ex*'\ncondition: one or any",
      'domain',
      NAMES,
      ['evil.example', 'EVIL.Example', 'www.evil.example', 'evilxexample'],
    ],
    [
      'escaped wildcards are themselves, a backslash before anything else too',
      PROXY,
      "sel:\n    c-uri:\n        - 'http://a.example/x\\?y=1'\n        - 'http://a.example/\\*'\n        - 'http://a.example/\\d\\\\*'\ncondition: sel",
      'url',
      [
        'http://a.example/x?y=1',
        'http://a.example/xzy=1',
        'http://a.example/*',
        'http://a.example/b',
        'http://a.example/\\d\\tail',
        'http://a.example/\\dtail',
      ],
      ['http://a.example/x?y=1', 'http://a.example/*', 'http://a.example/\\d\\tail'],
    ],
    [
      're searches, and knows letter case unless told not to',
      DNS,
      "cased:\n    query|re: '^evil\\.'\nfree:\n    query|re|i: 'NOTEVIL'\ncondition: 1 of *",
      'domain',
      NAMES,
      ['evil.example', 'notevil.example', 'evil.example.test'],
    ],
    [
      'cased knows letter case',
      DNS,
      "sel:\n    query|cased: 'evil.example'\ncondition: sel",
      'domain',
      NAMES,
      ['evil.example'],
    ],
    [
      'IPv4 networks',
      FIREWALL,
      "sel:\n    dst_ip|cidr: '192.0.2.64/26'\ncondition: sel",
      'ip',
      ['192.0.2.63', '192.0.2.64', '192.0.2.127', '192.0.2.128', '2001:db8::1', 'no address'],
      ['192.0.2.64', '192.0.2.127'],
    ],
    [
      'IPv6 networks that end within a group, whatever the spelling of the address',
      FIREWALL,
      "sel:\n    dst_ip|cidr: '2001:db8:0:8000::/49'\ncondition: sel",
      'ip',
      ['2001:db8:0:8000::1', '2001:DB8:0:ffff:0:0:0:1', '2001:db8::1', '2001:db8:0:7fff:ffff::', '192.0.2.1'],
      ['2001:db8:0:8000::1', '2001:DB8:0:ffff:0:0:0:1'],
    ],
    [
      '1 of, all of, and, or, not, brackets',
      DNS,
      "selection_a:\n    query|contains: 'evil'\nselection_b:\n    query|endswith: '.example'\nfilter_one:\n    query|startswith: 'not'\nfilter_two:\n    query: 'innocent.example'\ncondition: (1 of selection_*) and not 1 of filter_* or (all of selection_* and filter_one)",
      'domain',
      NAMES,
      NAMES.slice(0, 6),
    ],
    [
      'fields of one selection belong together; the maps of a list do not',
      CONNECTION,
      "pair:\n    DestinationHostname: 'evil.example'\n    DestinationPort: 8443\nlist:\n    - DestinationHostname: 'alone.example'\n    - DestinationPort: 99\ncondition: 1 of *",
      'endpoint',
      ['evil.example:8443', 'evil.example:443', 'x.example:8443', 'alone.example:1', 'x.example:99'],
      ['evil.example:8443', 'alone.example:1', 'x.example:99'],
    ],
    [
      'numbers compare as numbers, also as text',
      CONNECTION,
      "host:\n    DestinationHostname|exists: true\nport:\n    - DestinationPort|gte: 1000\n    - DestinationPort: '99'\ncondition: host and port",
      'endpoint',
      ['a.example:999', 'a.example:1000', 'a.example:9', 'a.example:99', 'a.example:10000'],
      ['a.example:1000', 'a.example:99', 'a.example:10000'],
    ],
    [
      'a field that events lack is never equal, and null',
      DNS,
      "sel:\n    query|endswith: 'evil.example'\n    nothing: null\nfilter:\n    nothing|contains: 'x'\ncondition: sel and not filter",
      'domain',
      ['evil.example', 'good.example'],
      ['evil.example'],
    ],
    [
      'field names know letter case',
      DNS,
      "right:\n    query: 'a.example'\nwrong:\n    Query: 'b.example'\nodd:\n    'a`b\" c': 'c.example'\ncondition: 1 of *",
      'domain',
      ['a.example', 'b.example', 'c.example'],
      ['a.example'],
    ],
  ];
  for (const [title, logsource, detection, kind, texts, hit] of table) {
    sigmaTest(title, async () => {
      expect(await hits(logsource, detection, kind, texts)).toEqual(hit);
    });
  }
});

/** What the specification says of wildcards and backslashes, as a regular expression. */
function wildcards(value: string): RegExp {
  const parts = value.match(/\\[\\*?]|[\s\S]/gu) ?? [];
  const source = parts.map((part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    const literal = part.length === 2 && part.startsWith('\\') ? part.slice(1) : part;
    return literal.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`, 'isu');
}

describe('any value compares with any text as the specification says', () => {
  // SQLite compares ASCII itself, and has our functions for more.
  for (const [title, alphabet] of [
    ['ASCII', 'aA*?\\%_.'],
    ['beyond it', 'aé\u{1f4a9}É*?\\%_'],
  ] as const) {
    sigmaTest(title, async () => {
      const texts = (seed: number, numRuns: number) => {
        const unit = fc.constantFrom(...alphabet);
        return [...new Set(fc.sample(fc.string({ unit, minLength: 1, maxLength: 6 }), { seed, numRuns }))];
      };
      const values = texts(1, 150);
      const seen = texts(2, 150);
      const rules = values.map((value, n) =>
        rule(n, PROXY, `sel:\n    c-useragent: '${value}'\ncondition: sel`),
      );
      const { report } = await behave(rules, cases('user_agent', seen));
      expect(report.unseen).toEqual([]);
      const hitsOf = new Map(
        report.observations.map(({ case: shown, rules: fired }) => [seen[shown], fired]),
      );
      for (const text of seen) {
        const right = values.flatMap((value, n) => (wildcards(value).test(text) ? [n] : []));
        const fired = (hitsOf.get(text) ?? []).map((id) => Number(id.slice(-12))).sort((a, b) => a - b);
        const named = (numbers: number[]) => numbers.map((n) => values[n]);
        expect({ text, values: named(fired) }).toEqual({ text, values: named(right) });
      }
    });
  }
});

describe('rules that load and are wrong', () => {
  const faults: [
    title: string,
    logsource: string,
    detection: string,
    kind: Kind,
    texts: string[],
    hit: string[],
  ][] = [
    [
      'the dot lost in endswith matches a longer name',
      DNS_WINDOWS,
      "sel:\n    QueryName|endswith: 'evil.example'\ncondition: sel",
      'domain',
      ['evil.example', 'notevil.example'],
      ['evil.example', 'notevil.example'],
    ],
    [
      'an unescaped `?` matches any character',
      PROXY,
      "sel:\n    c-uri: 'http://a.example/x?id=1'\ncondition: sel",
      'url',
      ['http://a.example/x?id=1', 'http://a.example/xyid=1'],
      ['http://a.example/x?id=1', 'http://a.example/xyid=1'],
    ],
    [
      'AND in place of OR matches nothing',
      DNS_WINDOWS,
      "exact:\n    QueryName: 'evil.example'\nbelow:\n    QueryName|endswith: '.evil.example'\ncondition: all of them",
      'domain',
      ['evil.example', 'www.evil.example'],
      [],
    ],
    [
      'contains in place of equality matches the name in front of another',
      DNS_WINDOWS,
      "sel:\n    QueryName|contains: 'evil.example'\ncondition: sel",
      'domain',
      ['evil.example', 'evil.example.test'],
      ['evil.example', 'evil.example.test'],
    ],
    [
      'a file name without its backslash matches a longer one',
      FILE,
      "sel:\n    TargetFilename|endswith: 'bad.exe'\ncondition: sel",
      'file_name',
      ['bad.exe', 'notbad.exe'],
      ['bad.exe', 'notbad.exe'],
    ],
    [
      'host and port in two selections match each alone',
      CONNECTION,
      "host:\n    DestinationHostname: 'evil.example'\nport:\n    DestinationPort: 8443\ncondition: host or port",
      'endpoint',
      ['evil.example:8443', 'evil.example:8444', 'good.example:8443'],
      ['evil.example:8443', 'evil.example:8444', 'good.example:8443'],
    ],
  ];
  for (const [title, logsource, detection, kind, texts, hit] of faults) {
    sigmaTest(title, async () => {
      expect(await hits(logsource, detection, kind, texts)).toEqual(hit);
    });
  }

  sigmaTest('an IPv6 address in one spelling misses the other', async () => {
    const { report } = await behave(
      [rule(1, CONNECTION, "sel:\n    DestinationIp: '2001:db8::1'\ncondition: sel")],
      cases('ip', ['2001:db8::1', '192.0.2.1']),
    );
    expect(report.observations).toEqual([
      { case: 0, carrier: 'network_connection/windows', rules: [uuid(1)] },
      { case: 0, carrier: 'network_connection/windows, IPv6 in full', rules: [] },
      { case: 1, carrier: 'network_connection/windows', rules: [] },
    ]);
  });
});

describe('hostile texts', () => {
  const HOSTILE = [
    `it's "quoted" \`ticks\``,
    '100%_sure_',
    '100xxsurex',
    'back\\slash\\\\twice',
    'back\\slash\\twice',
    "'); DROP TABLE logs; --",
    '*star* ?mark?',
    'xstarx xmarkx',
    'a\u0000b',
    'a',
    '\u202eevil \u{1f4a9} \u{10ffff}',
    'half \ud83d of it',
    '[a-c]{2}(d|e)+$^',
    '{{x}} $(x) %s {0}',
  ];
  /** As a Sigma value between single quotes. */
  const value = (text: string) => text.replace(/[\\*?]/g, '\\$&').replaceAll("'", "''");

  sigmaTest('each fires its own rule alone, by equality, endswith and contains', async () => {
    // No YAML holds the NUL or half a character: their texts have no rule.
    const written = [...HOSTILE.entries()].filter(([, text]) => text.isWellFormed() && !text.includes('\0'));
    const detections = (text: string) => [
      `sel:\n    c-useragent: '${value(text)}'\ncondition: sel`,
      `sel:\n    c-useragent|endswith: '${value(text)}'\n    cs-method: 'get'\ncondition: sel`,
      `sel:\n    c-useragent|contains: '${value(text)}'\ncondition: sel`,
    ];
    const rules = written.flatMap(([n, text]) =>
      detections(text).map((one, way) => rule(n * 10 + way, PROXY, one)),
    );
    const { report } = await behave(rules, cases('user_agent', HOSTILE));
    expect(report.observations.map(({ case: shown }) => shown)).toEqual([...HOSTILE.keys()]);
    for (const { case: shown, rules: fired } of report.observations) {
      const text = (HOSTILE[shown] as string).toLowerCase();
      const own = written.flatMap(([n, other]) => [
        ...(text === other.toLowerCase() ? [uuid(n * 10)] : []),
        ...(text.endsWith(other.toLowerCase()) ? [uuid(n * 10 + 1)] : []),
        ...(text.includes(other.toLowerCase()) ? [uuid(n * 10 + 2)] : []),
      ]);
      expect([...fired].sort(), text).toEqual(own.sort());
    }
    for (const { backend, problems } of report.conversions ?? []) expect(problems, backend).toEqual([]);
  });
});

describe('which rule sees what', () => {
  sigmaTest('a rule sees the events of its own log source, and of all those it holds', async () => {
    const selection = (field: string) => `sel:\n    ${field}|contains: 'evil'\ncondition: sel`;
    const rules = [
      rule(1, DNS_WINDOWS, selection('QueryName')),
      rule(2, DNS, selection('query')),
      rule(3, PROXY, selection('cs-host')),
      rule(4, 'category: dns_query', selection('QueryName')),
      rule(5, 'product: windows', selection('DestinationHostname')),
    ];
    const { report } = await behave(rules, cases('domain', ['evil.example']));
    expect(report.observations).toEqual([
      { case: 0, carrier: 'dns_query/windows', rules: [uuid(1), uuid(4)] },
      { case: 0, carrier: 'dns', rules: [uuid(2)] },
      { case: 0, carrier: 'proxy', rules: [uuid(3)] },
      { case: 0, carrier: 'network_connection/windows', rules: [uuid(5)] },
    ]);
    expect([...report.rules].sort()).toEqual([1, 2, 3, 4, 5].map(uuid));
  });

  sigmaTest('a log source that no rule reads, or not in the field of the case, carries nothing', async () => {
    const { report } = await behave(
      [rule(1, PROXY, "sel:\n    c-uri: 'http://a.example/'\ncondition: sel")],
      [...cases('domain', ['a.example']), { ...(cases('url', ['http://a.example/'])[0] as Case), id: 1 }],
    );
    expect(report.observations).toEqual([{ case: 1, carrier: 'proxy', rules: [uuid(1)] }]);
  });

  sigmaTest('tells of rules that nothing can be shown to', async () => {
    const count = `title: Count\nid: ${uuid(6)}\ncorrelation:\n    type: event_count\n    rules:\n        - ${uuid(5)}\n    group-by:\n        - query\n    timespan: 1h\n    condition:\n        gte: 3\n`;
    const rules = [
      rule(1, 'category: dns_query\n    product: linux', "sel:\n    QueryName: 'a.example'\ncondition: sel"),
      rule(2, DNS, "sel:\n    qname: 'a.example'\ncondition: sel"),
      rule(3, DNS, "sel:\n    - 'a.example'\ncondition: sel"),
      rule(4, DNS, "sel:\n    query: 'a.example'\ncondition: sel"),
      rule(5, DNS, "sel:\n    query: 'b.example'\ncondition: sel"),
      count,
    ];
    const { report } = await behave(rules, cases('domain', ['a.example', 'b.example']));
    expect(report.rules).toEqual([uuid(4)]);
    const together = 'it is about several events together, and here each stands alone';
    expect(Object.fromEntries((report.unseen ?? []).map(({ rule: id, why }) => [id, why]))).toEqual({
      [uuid(1)]: 'no events are made for its log source',
      [uuid(2)]: 'no event has what an indicator names in qname',
      [uuid(3)]: expect.stringMatching(/^pySigma's SQLite backend says: /),
      [uuid(5)]: together,
      [uuid(6)]: together,
    });
    expect(report.observations).toEqual([
      { case: 0, carrier: 'dns', rules: [uuid(4)] },
      { case: 1, carrier: 'dns', rules: [] },
    ]);
  });

  sigmaTest('applies filters, and names a rule without id by its path', async () => {
    const noId = rule(1, DNS, "sel:\n    query|endswith: '.example'\ncondition: sel").replace(
      /^id: .*\n/m,
      '',
    );
    const filter = `title: Filter\nlogsource:\n    category: dns\nfilter:\n    rules: any\n    sel:\n        query: 'good.example'\n    condition: not sel\n`;
    const { files, report } = await behave([noId, filter], cases('domain', ['a.example', 'good.example']));
    expect(report.rules).toEqual([files[0]]);
    expect(report.observations.map(({ rules }) => rules)).toEqual([[files[0]], []]);
  });

  sigmaTest('says which kinds no log source has', async () => {
    const { report } = await behave(
      [rule(1, DNS, "sel:\n    query: 'a.example'\ncondition: sel")],
      [...cases('mutex', ['x']), ...cases('email', ['a@a.example'])],
    );
    const why = 'no log source of the Sigma taxonomy has a field for it';
    expect(report.notCarried).toEqual([
      { kind: 'email', why },
      { kind: 'mutex', why },
    ]);
    expect(report.observations).toEqual([]);
  });

  sigmaTest('throws where a rule does not load, and names it', async () => {
    const broken = rule(1, DNS, "sel:\n    query: 'a.example'\ncondition: nope");
    await expect(behave([broken], [])).rejects.toThrow(/rule_0\.yml: .*'nope'/);
    await expect(behave(['title: [x\n'], [])).rejects.toThrow(/rule_0\.yml: /);
  });
});

describe('queries for other products', () => {
  sigmaTest('are made of every rule; a failure names rule and product', async () => {
    const { report } = await behave(
      [
        rule(1, DNS, "sel:\n    query: 'a.example'\ncondition: sel"),
        rule(2, DNS, "sel:\n    query|expand: '%list%'\ncondition: sel"),
      ],
      [],
    );
    const backends = report.conversions?.map(({ backend }) => backend);
    expect(backends).toEqual(['Splunk', 'Elasticsearch Lucene', 'Elasticsearch ES|QL', 'Kusto', 'Loki']);
    expect(report.conversions?.[0]?.problems.map((problem) => problem.rule)).toEqual([uuid(2)]);
    expect(report.conversions?.[0]?.problems[0]?.message).toMatch(/list/);
  });
});

describe('what is kept', () => {
  sigmaTest('the events, the SQL and the answers; the command makes the same answers again', async () => {
    const keep = temporaryFolder();
    const { report } = await behave(
      [rule(1, DNS, "sel:\n    query|endswith: '.evil.example'\ncondition: sel")],
      cases('domain', ['www.evil.example']),
      join(keep, 'sigma'),
    );
    const folder = join(keep, 'sigma');
    expect(readdirSync(folder).sort()).toEqual(['answers.json', 'events.json', 'rules.sql']);
    expect(readFileSync(join(folder, 'rules.sql'), 'utf8')).toBe(
      `-- ${uuid(1)}\nSELECT * FROM \`logs\` WHERE \`query\` LIKE '%.evil.example' ESCAPE '\\';\n`,
    );
    const answers = readFileSync(join(folder, 'answers.json'), 'utf8');
    rmSync(join(folder, 'answers.json'));
    const [program, ...args] = report.command.split(' ') as [string, ...string[]];
    expect(await run(program, args)).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(join(folder, 'answers.json'), 'utf8')).toBe(answers);
  });
});

describe('what Refang writes', () => {
  for (const name of ['examples/all-kinds.yaml', 'indicators.yaml']) {
    sigmaTest(`${name}: every witness fires in every carrier, no near miss does`, async () => {
      const { files, cases: shown } = await compiled(name);
      const report = (await sigma.behave?.({ files, cases: shown })) as BehaviourReport;
      expect(report.unseen).toEqual([]);
      expect(report.conversions?.flatMap(({ problems }) => problems)).toEqual([]);
      const wrong = report.observations.filter(
        ({ case: id, rules }) => rules.length > 0 !== ((shown[id] as Case).expect === 'match'),
      );
      const told = wrong.map(({ case: id, carrier }) => ({ carrier, ...shown[id] }));
      expect(told).toEqual([]);
      expect(new Set(report.observations.flatMap(({ rules }) => rules))).toEqual(new Set(report.rules));
      expect(report.rules).toHaveLength(files.length);
    });
  }
});

/** The rules that the shipped templates make of a file of the project, and the cases of what they say they match. */
async function compiled(name: string): Promise<{ files: string[]; cases: Case[] }> {
  const cwd = temporaryFolder();
  cpSync(join(ROOT, name), join(cwd, 'indicators.yaml'));
  const { session, files } = await build({
    cwd,
    files: ['indicators.yaml'],
    out: 'out',
    targets: ['sigma'],
    asOf: '2026-01-01',
  });
  const set = session.collection?.indicators as IndicatorSet;
  const verdicts = session.compiled?.targets[0]?.plan.verdicts ?? [];
  const listed = [...verdicts].flatMap(({ fate }, index) => (fate === 'emitted' ? [index] : []));
  const names = listed.filter((index) => set.kind(index) === 'domain').map((index) => set.value(index));
  const found: Omit<Case, 'id'>[] = listed.flatMap((index) => {
    const kind = set.kind(index);
    const value = set.value(index);
    const { matches, misses } = witnessesOf(kind, value, set.context(index).match === 'suffix');
    const logged = ({ where }: Witness) => where === undefined;
    // The host of a near miss may be below a listed name.
    const unlisted = ({ text }: Witness) =>
      !names.some((name) => /^.*?\.NAME[:/]/.test(text.replace(name, 'NAME')));
    return [
      ...matches.filter(logged).map(({ text, about }) => ({ kind, text, about, expect: 'match' as const })),
      ...misses
        .filter((miss) => logged(miss) && unlisted(miss))
        .map(({ text, about }) => ({ kind, text, about, expect: 'silence' as const })),
    ];
  });
  return {
    files: files.filter(({ path }) => path.endsWith('.yml')).map(({ path }) => join(cwd, 'out', path)),
    cases: found.map((one, id) => ({ id, ...one })),
  };
}

/** Here a hash is a text like others. */
function witnessesOf(kind: Kind, value: string, subdomains: boolean): Witnesses {
  const { witnesses } = KIND_MODULES[kind];
  if (witnesses) return witnesses(value, { subdomains });
  const other = value.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  return {
    matches: [{ text: value, about: 'the hash' }],
    misses: [{ text: other, about: 'another hash' }],
  };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'refang-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
