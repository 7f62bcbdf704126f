/** Random URLs and addresses, rich in what lists may misread, through all list targets: every line must be good. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KIND_MODULES } from '../../compiler/indicators/kinds.ts';
import { openSession } from '../../compiler/session.ts';
import { folderWith } from '../temporary.ts';
import { LEAVE } from './list-files.ts';
import { LIST_PARSERS } from './parsers/list-parsers.ts';

const HEAD = `refang: 1
defaults: {status: active, confidence: 95, severity: high, tlp: green, allow: {guard: special-use, reason: documentation values, owner: Example CERT}}
indicators:
`;

const SCHEMES = ['http', 'https', 'HTTPS', 'ftp', 'ws'];
const HOSTS = [
  'a.example',
  'b-c.example',
  'x_y.example',
  'u:p@a.example',
  'a.example:81',
  'a.example:443',
  '192.0.2.7',
  '192.0.2.8',
  '[2001:db8::7]',
];

const request = fc
  .array(fc.constantFrom(...'/?&=;+*^%.,"\'<>|\\{}[]()!$@:~`-_aZ9#', '%2F', '//', 'é'), { maxLength: 8 })
  .map((pieces) => pieces.join(''));
const url = fc
  .tuple(fc.constantFrom(...SCHEMES), fc.constantFrom(...HOSTS), request)
  .map(([scheme, host, rest]) => `${scheme}://${host}/${rest}`);
const email = fc
  .array(fc.constantFrom(..."!#$%&'*+/=?^_`{|}~-aB1."), { minLength: 1, maxLength: 8 })
  .map((letters) => `${letters.join('')}@a.example`);

/** A pasted block of those that the kind takes. */
function record(kind: 'url' | 'email', values: readonly string[]): string {
  const good = [...new Set(values)].filter((value) => KIND_MODULES[kind].parse(value).ok);
  return `  - ${kind}: |\n${good.map((value) => `      ${value}\n`).join('')}`;
}

test('every line of every list is read as it is meant', async () => {
  const cwd = folderWith();
  const records = record('url', fc.sample(url, 10_000)) + record('email', fc.sample(email, 1000));
  writeFileSync(join(cwd, 'indicators.yaml'), HEAD + records);
  writeFileSync(join(cwd, 'refang.yaml'), LEAVE);
  const targets = Object.keys(LIST_PARSERS) as (keyof typeof LIST_PARSERS)[];
  const session = await openSession({ cwd, files: ['indicators.yaml'], targets, asOf: '2026-01-01' });
  expect(session.failed).toBeUndefined();
  for (const target of session.compiled?.targets ?? []) {
    const files = [...target.files()].map(({ path, chunks }) => ({ path, text: [...chunks].join('') }));
    expect(
      files.some(({ text }) => text.includes('a.example')),
      target.name,
    ).toBe(true);
    const parse = LIST_PARSERS[target.name as keyof typeof LIST_PARSERS];
    for (const { path, text } of files)
      expect(parse(path, text).problems, `${target.name}/${path}`).toEqual([]);
  }
});
