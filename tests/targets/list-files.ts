/** What the tests of list targets share: the files of one target, and the values that it says in them. */

import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openSession } from '../../compiler/session.ts';
import { folderWith } from '../temporary.ts';
import type { ListParser } from './parsers/list-parsers.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where the example and the report are. */
export const EXAMPLE = `${ROOT}examples/all-kinds.yaml`;
export const REPORT = `${ROOT}indicators.yaml`;

/** The refang.yaml that lets a URL stand for longer ones. */
export const LEAVE = 'approximate: [url-prefix]';

/** What stands behind the reason where a URL is left out for want of leave. */
export const LEAVE_HINT = '; `approximate: [url-prefix]` in refang.yaml allows it';

/** The refang.yaml that the README of a target shows. */
export function settingsInReadme(target: string): string {
  const readme = readFileSync(`${ROOT}templates/${target}/README.md`, 'utf8');
  return /^```yaml\n([\s\S]*?)^```$/m.exec(readme)?.[1] as string;
}

export interface CompiledFiles {
  /** Text by path. */
  files: ReadonlyMap<string, string>;
  /** The values that are emitted, nearly so or whole, sorted. */
  said: readonly string[];
}

/** What a target makes of a file of indicators; nothing is written. `settings`: refang.yaml. */
export async function compileFile(target: string, file: string, settings = ''): Promise<CompiledFiles> {
  const cwd = folderWith();
  copyFileSync(file, join(cwd, 'indicators.yaml'));
  writeFileSync(join(cwd, 'refang.yaml'), settings);
  const session = await openSession({ cwd, files: [], targets: [target], asOf: '2026-01-01' });
  expect(session.failed).toBeUndefined();
  const indicators = session.collection?.indicators;
  const [compiled] = session.compiled?.targets ?? [];
  const files = [...(compiled?.files() ?? [])].map(
    ({ path, chunks }) => [path, [...chunks].join('')] as const,
  );
  const verdicts = compiled?.plan.verdicts ?? [];
  const said = [...[...verdicts].entries()]
    .filter(([, { fate }]) => fate === 'emitted' || fate === 'approximated')
    .map(([index]) => indicators?.value(index) as string);
  return { files: new Map(files), said: said.sort() };
}

/** Reads all files of a target; each entry stands for the value that `toValue` makes of it. */
export function readAll(
  files: ReadonlyMap<string, string>,
  parse: ListParser,
  toValue: (entry: string) => string = (entry) => entry,
): string[] {
  const values = new Set<string>();
  for (const [name, text] of files) {
    const { entries, problems } = parse(name, text);
    expect(problems, name).toEqual([]);
    for (const entry of entries) values.add(toValue(entry));
  }
  return [...values].sort();
}

/**
 * Tests that the files of the example and of the report hold what is emitted, and nothing else. `bare`: a value without
 * what the lists have no place for.
 */
export function testSaid(
  target: string,
  parse: ListParser,
  urls: number,
  bare = (value: string) => value,
): void {
  test.each([
    [EXAMPLE, '', 0],
    [EXAMPLE, LEAVE, urls],
    [REPORT, '', 0],
  ])('%s with settings `%s`: what is emitted is read, and nothing else', async (file, settings, emitted) => {
    const { files, said } = await compileFile(target, file, settings);
    expect(said.filter((value) => value.startsWith('http'))).toHaveLength(emitted);
    expect(readAll(files, parse, bare)).toEqual(said.map(bare).sort());
  });
}

/** Text as lines, each with its end. */
export function lines(...texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}

/** So many lines. */
export function manyLines(count: number, make: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => `${make(at)}\n`).join('');
}

/** Values that try to be more than one line, or another one. */
export const HOSTILE = String.raw`  - domain: [host.example, a-b_c.host.example, xn--bcher-kva.example]
  - {domain: alone.example, match: exact, note: "a\n*.example"}
  - ip: [192.0.2.1, 192.0.2.2, "2001:db8::1"]
  - cidr: [198.51.100.0/25, 198.51.100.128-198.51.100.130, "2001:db8:1::/48"]
  - endpoint: host.example:443
  - url:
      - http://host.example/
      - http://host.example/folder/
      - http://host.example/page?a=1&b=http://other.example/
      - http://host.example/page
      - https://host.example/page
      - http://host.example/a*b
      - http://host.example/?a=^
      - http://host.example/a,b";'c
      - http://host.example/%2A%0A
      - http://host.example:8080/page
      - http://user:password@host.example/page
      - http://[2001:db8::1]/page
      - http://192.0.2.1/page
      - http://192.0.2.1/9
      - ftp://host.example/page
  - email: ["#a@host.example", "=cmd@host.example", "a+b@host.example"]
    note: "=HYPERLINK(\"x\"), \"quoted\"\r\nsecond line"
  - file: {name: "a,b\".exe", md5: 00112233445566778899aabbccddeeff, sha512: ${'0a'.repeat(64)}}
  - hash: [000102030405060708090a0b0c0d0e0f10111213, ${'ab'.repeat(64)}]
  - mutex: 'Global\*'
`;
