/** Changes of each list target: its old files with them are the new ones, for the strict reader of the target as well. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CompiledTarget } from '../../compiler/compile.ts';
import { renderDeltas } from '../../compiler/render/render-delta.ts';
import { openSession } from '../../compiler/session.ts';
import { ACCEPT_ALL, NO_BUDGETS } from '../accepted.ts';
import { folderWith } from '../temporary.ts';
import { READERS } from './parsers/readers.ts';

const TEMPLATES = fileURLToPath(new URL('../../templates/', import.meta.url));
const targets = readdirSync(TEMPLATES).filter((name) =>
  /^ +delta: lines$/m.test(readFileSync(`${TEMPLATES}${name}/target.yaml`, 'utf8')),
);

/** All kinds, with parents and children, addresses that touch, and hashes of one file. */
const VALUES = [
  'domain: host.example',
  'domain: www.host.example',
  'domain: mail.host.example\n    match: exact',
  'domain: other.example',
  'domain: alone.example\n    match: exact',
  'domain: a_b.example',
  'ip: 198.51.100.1',
  'ip: 198.51.100.2',
  'cidr: 198.51.100.0/30',
  'cidr: 198.51.100.3-198.51.100.9',
  'ip: "2001:db8::1"',
  'cidr: "2001:db8::/64"',
  'endpoint: 203.0.113.7:443',
  'endpoint: host.example:8443',
  'url: http://host.example/a?b=1',
  'url: https://host.example/a?b=1',
  'url: http://192.0.2.1:8080/folder/',
  'email: someone@host.example',
  'email: "o\'neil@host.example"',
  'hash: 00112233445566778899aabbccddeeff',
  'file: {name: "a b.exe", sha1: 000102030405060708090a0b0c0d0e0f10111213, md5: 10112233445566778899aabbccddeeff}',
  `hash: ${'0a'.repeat(32)}`,
  `certificate: ${'0b'.repeat(20)}`,
  'ja3: 20112233445566778899aabbccddeeff',
  'user_agent: Evil/1.0 (a; b)',
  'file_name: evil.dll',
  "file_path: 'C:\\Temp\\evil.exe'",
  "registry_key: 'HKLM\\Software\\Evil'",
  "mutex: 'Global\\evil'",
];

/** So that no list of a file is empty, on either side. */
const ALWAYS = ['active', 'historical'].map(
  (status) => `  - status: ${status}
    domain: ${status}.example
    ip: 192.0.2.${status.length}
    endpoint: ${status}.example:80
    url: http://${status}.example/always
    user_agent: Always/${status}
`,
);

const STATES = {
  absent: undefined,
  blocked: 'status: active',
  watched: 'status: historical',
  noted: 'status: active\n    report: second\n    note: "a note, \\"quoted\\""',
  revoked: 'status: revoked',
} as const;
type State = keyof typeof STATES;

/** A report's title stands in comments. */
interface Side {
  states: readonly State[];
  filled: boolean;
  title: string;
}

function projectOf({ states, filled, title }: Side): Record<string, string> {
  const records = states.map((state, at) =>
    STATES[state] === undefined ? '' : `  - ${VALUES[at]}\n    ${STATES[state]}\n`,
  );
  const text = records.join('') + (filled ? ALWAYS.join('') : '');
  return {
    'refang.yaml': `targets: [${targets}]\napproximate: [url-prefix]\n${NO_BUDGETS}`,
    'indicators.yaml': `refang: 1
reports:
  first: {title: "${title}", author: Example CERT, published: 2025-01-15}
  second: {title: Second, author: Example CERT, published: 2025-01-16}
defaults: {report: first, confidence: 90, severity: high, tlp: clear, allow: ${ACCEPT_ALL}}
indicators:${text ? `\n${text}` : ' []\n'}`,
  };
}

async function compiled(side: Side): Promise<Map<string, CompiledTarget>> {
  const session = await openSession({ cwd: folderWith(projectOf(side)), asOf: '2026-01-01' });
  expect(session.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return new Map(session.compiled?.targets.map((target) => [target.name, target]));
}

const textsOf = (files: Iterable<{ path: string; chunks: Iterable<string> }>) =>
  new Map(Array.from(files, ({ path, chunks }) => [path, [...chunks].join('')]));
const linesOf = (text = '') => text.split('\n').slice(0, -1);

/** Lines that are no comments, each once; the serial of a zone is a number of its file alone. */
const entriesOf = (text = '') => {
  const said = linesOf(text).filter((line) => !/^(?:[#;!].*)?$/.test(line));
  return [...new Set(said.map((line) => line.replace(/^(@ SOA \S+ \S+) \d+/, '$1')))].sort();
};

/** The old file without the lines that go, with those that come behind it. */
function patched(old: string | undefined, path: string, changes: ReadonlyMap<string, string>): string {
  const gone = new Set(linesOf(changes.get(`${path}.removed`)));
  const left = linesOf(old).filter((line) => !gone.has(line));
  return [...left, ...linesOf(changes.get(`${path}.added`))].map((line) => `${line}\n`).join('');
}

/** Compares what a target becomes with what its changes make of what it was; whether there was anything to compare. */
function compareTarget(before: CompiledTarget, after: CompiledTarget): boolean {
  const [old, now] = [textsOf(before.files()), textsOf(after.files())];
  const { files, told, obstacles } = renderDeltas(before.rendering, after.rendering);
  const changes = textsOf(files);
  // Which directives a file has depends on which of its lists are empty.
  for (const [path, why] of obstacles)
    expect([after.name, path, why]).toEqual([
      'squid',
      'refang.conf',
      'what stands around its entries changed as well',
    ]);
  for (const [path, text] of changes) {
    const side = path.endsWith('.added') ? now : old;
    const known = new Set(linesOf(side.get(path.replace(/\.\w+$/, ''))));
    for (const line of linesOf(text)) expect(known, `${after.name}/${path}`).toContain(line);
    expect(linesOf(text).filter((line) => /^[#;!]|^\$|^@|^server:$|^type,/.test(line))).toEqual([]);
  }
  const becomes = new Map(now);
  for (const path of told) becomes.set(path, patched(old.get(path), path, changes));
  for (const path of told)
    expect(entriesOf(becomes.get(path)), `${after.name}/${path}`).toEqual(entriesOf(now.get(path)));
  const reader = READERS[after.name];
  if (reader) {
    const { values, problems } = reader.read(becomes);
    expect(problems, after.name).toEqual([]);
    expect(values.sort()).toEqual(reader.read(now).values.sort());
  }
  return changes.size > 0;
}

test('every list target: the old lines without those that go, with those that come, are the new ones', async () => {
  const state = fc.constantFrom(...(Object.keys(STATES) as State[]));
  const states = fc.array(state, { minLength: VALUES.length, maxLength: VALUES.length });
  const title = fc.constantFrom('First', '# First, renamed');
  const compared = new Set<string>();
  await fc.assert(
    fc.asyncProperty(states, states, fc.boolean(), title, async (before, after, filled, renamed) => {
      const old = await compiled({ states: before, filled, title: 'First' });
      for (const [name, target] of await compiled({ states: after, filled, title: renamed }))
        if (compareTarget(old.get(name) as CompiledTarget, target)) compared.add(name);
    }),
    { numRuns: 12 },
  );
  expect([...compared].sort()).toEqual(targets);
});
