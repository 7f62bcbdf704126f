/** Small projects that show the codes whose diagnostics need more than one file of indicators. */

import type { BuildOptions } from '../../compiler/build.ts';
import type { Code } from '../../compiler/diagnostics/codes.ts';
import { hexDigest } from '../../compiler/digest/digest.ts';

export type Files = Readonly<Record<string, string | Uint8Array>>;

const KNOWN = 'status: active, confidence: 80, severity: high, tlp: clear';
const ALLOW = ', allow: {guard: special-use, reason: documentation values, owner: Example CERT}';
const DEFAULTS = `defaults: {${KNOWN}${ALLOW}}\n`;
const HEAD = `refang: 1\n${DEFAULTS}`;
const of = (line: string): string => `${HEAD}indicators:\n  - ${line}\n`;

/** A project whose own target is `mine`: names, each on a line. */
const OK = {
  'refang.yaml': 'targets: [mine]\n',
  'indicators.yaml': of('domain: c2.host.example'),
};
const TARGET = `title: Names
about: One name a line.
effect: detect
syntax: line
unsupported: {others: it takes names alone}
unchecked: everything
outputs:
  - file: names.txt
    template: names.hbs
    passes:
      names: {takes: [domain]}
`;
const MINE = {
  'templates/mine/target.yaml': TARGET,
  'templates/mine/names.hbs': '{{#each names}}\n{{value}}\n{{/each}}\n',
};
const mine = (files: Files = {}): Files => ({ ...OK, ...MINE, ...files });
const template = (text: string): Files => mine({ 'templates/mine/names.hbs': text });
const target = (from: string, to: string): Files =>
  mine({ 'templates/mine/target.yaml': TARGET.replace(from, to) });
const listed = (line: string): Files => ({ 'refang.yaml': 'targets: [csv]\n', 'indicators.yaml': of(line) });
const settings = (text: string): Files => ({ ...OK, 'refang.yaml': text });

const guarded = (path: string, text: string, setting = path): Files => ({
  ...listed('domain: c2.host.example'),
  'refang.yaml': `targets: [csv]\nguards: ${setting}\n`,
  [path]: text,
});
const misp = (list: string): string => `{"name": "Shared hosts", "type": "hostname",\n "list": [${list}]}\n`;

/** A project with one feed. */
const feed = (says: string, files: Files = {}): Files => ({
  'refang.yaml': 'targets: [csv]\n',
  'indicators.yaml': `${HEAD}feeds:\n  - {${says}}\n`,
  ...files,
});
const list = (text: string | Uint8Array): Files =>
  feed('path: names.txt, format: list, kind: domain', { 'names.txt': text });
const csv = (text: string): Files => feed('path: c2.csv, format: csv', { 'c2.csv': text });

/** A folder with a manifest. */
const manifest = (over: object): Files => ({
  'out/manifest.json': JSON.stringify({
    refang: '0.1.0',
    inputs: [],
    indicators: 1,
    files: [],
    fates: { mine: { emitted: 1, covered: 0, approximated: 0, withheld: 0, unsupported: 0 } },
    ...over,
  }),
});
const NAMES = { path: 'mine/names.txt', target: 'mine', sha256: '0'.repeat(64), bytes: 16, entries: 1 };

const NO_COLLECTION =
  '{"files": [], "reports": [], "actors": [], "published": [], "diagnostics": [], "doubles": []}\n';

/** The folder of a part of a build, without indicators. */
const part = (number: number, of: number, over: object = {}): Files => {
  const files = { 'shard/collection.json': NO_COLLECTION, 'shard/indicators.ndjson': '' };
  const manifest = {
    refang: '0.1.0',
    shard: { number, of, as_of: '2026-01-01', settings: '' },
    inputs: [],
    indicators: 0,
    files: Object.entries(files).map(([path, text]) => ({
      path,
      target: 'shard',
      sha256: hexDigest('sha256', text),
      bytes: text.length,
      entries: 0,
    })),
    fates: {},
    ...over,
  };
  const all = { ...files, 'manifest.json': JSON.stringify(manifest) };
  return Object.fromEntries(Object.entries(all).map(([path, text]) => [`parts/${number}/${path}`, text]));
};

/** What is asked for in a situation, where it is more than a build. */
export const ASKED: Partial<Record<Code, 'verify' | 'merge' | Partial<BuildOptions>>> = {
  RF608: { strict: true },
  RF610: { patience: { milliseconds: 0 } },
  RF612: { sign: 'key.pem' },
  RF613: { provenance: true, targets: ['mine'] },
  RF614: 'verify',
  RF615: 'verify',
  RF616: 'verify',
  RF617: 'verify',
  RF618: 'verify',
  RF619: 'verify',
  RF625: 'merge',
  RF626: 'merge',
  RF627: 'merge',
  RF628: 'merge',
  RF629: 'merge',
};

const bad = (count: number): string =>
  Array.from({ length: count }, (_, index) => `a..host${index}.example\n`).join('');

/** What an earlier build of `mine` left. */
const BUILT = `{"refang": "0.1.0", "inputs": [], "indicators": 43, "files": [],
 "fates": {"mine": {"emitted": 40, "covered": 2, "approximated": 0, "withheld": 1, "unsupported": 0}}}
`;

/** What stands in the repository, where there is one, and what it is compared with. */
export interface Comparison {
  committed?: Files;
  against: string;
  delta?: string;
}

/** Of codes that comparing tells. */
export const COMPARED: Partial<Record<Code, Comparison>> = {
  RF801: { against: 'HEAD' },
  RF802: { committed: OK, against: 'release' },
  RF803: { against: 'notes' },
  RF804: { committed: listed('domain: c2..host.example'), against: 'HEAD' },
  RF805: {
    committed: {
      ...feed('path: names.txt, format: list, kind: domain'),
      'names.txt': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n',
    },
    against: 'HEAD',
  },
  RF806: { against: 'before', delta: 'changes' },
};

/** Files by path; what is built from them tells the code. A path that ends with `/` is a folder. */
export const SITUATIONS: Partial<Record<Code, Files>> = {
  RF120: { ...OK, 'indicators.yaml': Buffer.from(of('domain: c2.host.example # caf\u00e9'), 'latin1') },
  RF122: settings('inputs: [indicator.yaml]\ntargets: [csv]\n'),
  RF123: { 'refang.yaml': 'targets: [csv]\n', 'indicators.yaml/': '' },
  RF124: settings('inputs: ["reports/*.yaml"]\ntargets: [csv]\n'),
  RF213: {
    'refang.yaml': 'inputs: [a.yaml, b.yaml]\ntargets: [csv]\n',
    'a.yaml': `refang: 1\nreports:\n  sample: {title: A sample, author: Example CERT, published: 2025-01-15}\n${DEFAULTS}indicators:\n  - {domain: c2.host.example, report: sample}\n`,
    'b.yaml': `refang: 1\nreports:\n  sample: {title: Another, author: Example CERT, published: 2025-01-15}\n${DEFAULTS}indicators:\n  - {domain: cdn.host.example, report: sample}\n`,
  },
  RF401: {
    'refang.yaml': 'targets: [csv]\n',
    'indicators.yaml': of('ip: 192.168.1.1').replace(ALLOW, ''),
  },
  RF402: listed('domain: github.io'),
  RF404: listed('hash: d41d8cd98f00b204e9800998ecf8427e'),
  RF405: listed('ip: 8.8.8.8'),
  RF406: listed('domain: google.com'),
  RF407: listed('cidr: 45.0.0.0/12'),
  RF408: guarded('lists/shared.json', misp('"host.example", "c2.host.example"')),
  RF409: guarded('ours.txt', 'host.example\n', '{allow: ours.txt}'),
  RF410: guarded('lists/shared.json', '["c2.host.example"]\n'),
  RF411: guarded('lists/shared.json', misp('"host.example", 7')),
  RF412: guarded('ours.txt', 'other host\n', '{allow: ours.txt}'),
  RF413: {
    'refang.yaml': 'targets: [nftables]\nlimits: {addresses: 100}\n',
    'indicators.yaml': of('cidr: 192.0.2.0/24'),
  },
  RF414: {
    'refang.yaml': 'targets: [csv]\nfreshness: {warn_after: 180, error_after: 365}\n',
    'indicators.yaml': `refang: 1\nreports:\n  sample: {title: A sample, author: Example CERT, published: 2024-06-15}\n${DEFAULTS}indicators:\n  - {domain: [c2.host.example, cdn.host.example], report: sample}\n`,
  },
  RF501: settings('targets: [suricta]\n'),
  RF502: settings('targets:\n  - {name: suricata, options: {sid: many}}\n'),
  RF503: mine({ 'templates/mine/target.yaml': `extends: nothing\n${TARGET}` }),
  RF504: target('file: names.txt', 'file: ../names.txt'),
  RF505: settings('targets: [csv, csv]\n'),
  RF506: settings('targets: [csv]\napproximate: [everything]\n'),
  RF507: settings('targets:\n  - {name: csv, policy: {tlp: red}}\n'),
  RF510: template('{{#each names}}\n{{value}}\n'),
  RF511: template('{{#each names}}\n{{valeu}}\n{{/each}}\n'),
  RF512: template('{{#each names}}\n{{{value}}}\n{{/each}}\n'),
  RF513: template('{{#each names}}\n{{value}} {{epoch value}}\n{{/each}}\n'),
  RF601: mine({ 'refang.lock': 'mine one two\n' }),
  RF602: mine({ 'out/notes.txt': 'my notes\n' }),
  RF603: mine({ 'refang.yaml': 'targets: [mine]\nout: notes.txt/out\n', 'notes.txt': 'my notes\n' }),
  RF604: {
    'refang.yaml': 'targets:\n  - {name: suricata, options: {sid: [1000001, 1000001]}}\n',
    'indicators.yaml': of('domain: [c2.host.example, other.example]'),
  },
  RF605: mine({
    'templates/mine/target.yaml': TARGET.replace(
      'syntax: line\n',
      'syntax: line\nidentity: sid\noptions:\n  sid: {type: range, default: [1000, 1999], about: First and last sid.}\n',
    ),
    'indicators.yaml': of('domain: [c2.host.example, other.example]'),
    'refang.lock': ['c2.host.example', 'other.example']
      .map((name) => `mine/names/domain/${name} 1234 1 0123456789abcdef 2025-01-15 2025-01-15\n`)
      .join(''),
  }),
  RF607: mine({ 'out/manifest.json': BUILT }),
  RF608: mine({ 'indicators.yaml': of('{domain: c2.host.example, ip: 192.0.2.1}') }),
  RF610: mine({
    '.out.refang-lock': '{"pid": 4711, "host": "build-2", "start": "", "since": "2026-01-01T09:30:00.000Z"}',
  }),
  RF611: mine({
    'out/names.txt': 'made anew\n',
    '.out.refang-old/mine/names.txt': 'old\n',
    '.out.refang-new/files/mine/names.txt': 'new\n',
  }),
  RF612: mine(),
  RF613: mine(),
  RF614: mine({ 'out/notes.txt': 'my notes\n' }),
  RF615: manifest({ files: [NAMES] }),
  RF616: { ...manifest({ files: [NAMES] }), 'out/mine/names.txt': 'c3.host.example\n' },
  RF617: { ...manifest({}), 'out/mine/more.txt': 'cdn.host.example\n' },
  RF618: manifest({ indicators: 2 }),
  RF619: {
    ...manifest({}),
    'out/provenance.json':
      '{"_type": "https://in-toto.io/Statement/v1", "subject": [], "predicate": {"buildDefinition": {"buildType": "urn:refang:build:v1"}}}',
  },
  RF625: { ...OK, 'parts/1/notes.txt': 'my notes\n' },
  RF626: { ...OK, ...part(1, 1), 'parts/1/shard/collection.json': '{"reports": []}\n' },
  RF627: { ...OK, ...part(1, 2), ...part(2, 2, { inputs: [{ path: 'indicators.yaml', sha256: '' }] }) },
  RF628: { ...OK, ...part(1, 4), ...part(3, 4) },
  RF629: { ...OK, ...part(1, 1) },
  RF701: feed('path: ../names.txt, format: list, kind: domain'),
  RF702: feed('path: names.txt, format: list'),
  RF703: feed('path: names.txt.gz, format: list, kind: domain', { 'names.txt.gz': 'c2.host.example\n' }),
  RF704: list(`c2.host.example\n${'a'.repeat(70_000)}\n`),
  RF705: feed('path: c2.csv, format: csv, columns: {domain: Host}', {
    'c2.csv': 'Name,Seen\nc2.host.example,2025\n',
  }),
  RF706: csv('domain,note\n"c2.host.example"x,seen\n'),
  RF707: feed('path: c2.ndjson, format: ndjson', {
    'c2.ndjson': '{"domain": "c2.host.example"}\n["cdn.host.example"]\n',
  }),
  RF708: feed('path: hosts, format: hosts', {
    hosts: '0.0.0.0 c2.host.example\n192.0.2.1 cdn.host.example\n',
  }),
  RF709: list(bad(60)),
  RF710: list('# nothing yet\n'),
  RF711: list('c2.host.example\tseen in May\n'),
  RF712: list('c2.host.example\nc2.host.example\n'),
  RF713: list(bad(30)),
  RF720: {
    ...target(
      'names: {takes: [domain]}',
      `names: {takes: [domain], upto: 1, beyond: they stand in a list without their notes}
      many: {takes: [domain], above: 1, counts: names}`,
    ),
    'templates/mine/names.hbs':
      '{{#each names}}\n{{value}} {{note}}\n{{/each}}\n{{#each many}}\n{{value}}\n{{/each}}\n',
    'indicators.yaml': of('domain: [c2.host.example, cdn.host.example]'),
  },
  RF721: {
    ...target('outputs:', 'limit: {indicators: 1}\noutputs:'),
    'indicators.yaml': of('domain: [c2.host.example, cdn.host.example]'),
  },
  RF801: listed('domain: c2.host.example'),
  RF802: listed('domain: c2.host.example'),
  RF803: { ...listed('domain: c2.host.example'), 'notes/today.txt': 'nothing\n' },
  RF804: listed('domain: c2.host.example'),
  RF805: listed('domain: c2.host.example'),
  RF806: {
    ...listed('domain: c2.host.example'),
    'before/manifest.json': '{"refang": "0.1.0", "inputs": [], "indicators": 0, "files": [], "fates": {}}\n',
  },
};
