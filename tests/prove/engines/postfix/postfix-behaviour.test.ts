import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Kind } from '../../../../compiler/indicators/kind.ts';
import type { Case } from '../../../../compiler/prove/behaviour.ts';
import { postfix } from '../../../../compiler/prove/engines/postfix/postfix.ts';
import { findProgram, packageFolder, run } from '../../../../compiler/prove/process.ts';
import { engineTest } from '../../../engines/require.ts';
import { writeFiles } from '../../files.ts';

const postfixTest = await engineTest('postfix');

const caseOf = (kind: Kind, text: string, id = 0): Case => ({ id, kind, text, expect: 'match', about: '' });

/** What is done to mail of each kind: one word where it is the same from and to an address. */
async function deeds(tables: Record<string, string>, shown: readonly (readonly [Kind, string])[]) {
  const cases = shown.map(([kind, text], id) => caseOf(kind, text, id));
  const report = await postfix.behave?.({ files: writeFiles(tables), cases });
  return shown.map((_, id) => {
    const seen = (report?.observations ?? []).filter((one) => one.case === id);
    const words = new Set(seen.map(({ rules: [deed] }) => deed ?? 'nothing'));
    return [...words].join(' ') || 'unseen';
  });
}

const CASES: readonly (readonly [
  string,
  Record<string, string>,
  readonly (readonly [Kind, string, string])[],
])[] = [
  [
    'single addresses',
    { 'a.map': 'bad@host.example REJECT\n' },
    [
      ['email', 'bad@host.example', 'drop'],
      ['email', 'BAD@HOST.EXAMPLE', 'drop'],
      ['email', 'bad+more@host.example', 'drop'],
      ['email', 'xbad@host.example', 'nothing'],
      ['email', 'bad@sub.host.example', 'nothing'],
      ['email', 'bad@host.example.test', 'nothing'],
      ['domain', 'host.example', 'nothing'],
    ],
  ],
  [
    'domains, with those below them',
    { 'a.map': 'host.example REJECT\n' },
    [
      ['domain', 'host.example', 'drop'],
      ['domain', 'A.B.Host.Example', 'drop'],
      ['domain', 'evilhost.example', 'nothing'],
      ['email', 'x@www.host.example', 'drop'],
    ],
  ],
  [
    'addresses with all that their local parts may hold',
    { 'a.map': "a&b'c*d%e@host.example REJECT\nx{y}|z~`!$^=?/+_-@host.example REJECT\n" },
    [
      ['email', "a&b'c*d%e@host.example", 'drop'],
      ['email', 'x{y}|z~`!$^=?/+_-@host.example', 'drop'],
      ['email', "a&b'c*d%x@host.example", 'nothing'],
    ],
  ],
  [
    'expressions',
    { 'a.regexp': '/@host\\.example$/ REJECT\n/^#a\\/b@other\\.example$/ WARN costs $$1\n' },
    [
      ['domain', 'host.example', 'drop'],
      ['domain', 'HOST.example', 'drop'],
      ['domain', 'www.host.example', 'nothing'],
      ['domain', 'hostxexample.test', 'nothing'],
      ['email', '#a/b@other.example', 'count'],
      ['email', 'x#a/b@other.example', 'nothing'],
    ],
  ],
  [
    'what is logged and passes',
    { 'a.map': 'host.example WARN it was seen\n' },
    [
      ['domain', 'host.example', 'count'],
      ['domain', 'other.example', 'nothing'],
    ],
  ],
  [
    'what is looked up in several tables, in their order',
    {
      'a.map': 'bad@host.example REJECT\n',
      'b.map': 'bad@host.example WARN\nhost.example WARN\n',
      'c.map': 'host.example REJECT\nother.example REJECT\n',
    },
    [
      ['email', 'bad@host.example', 'drop'],
      // A warning does not end the search.
      ['email', 'x@host.example', 'drop'],
      ['email', 'x@other.example', 'drop'],
    ],
  ],
  [
    'a line that is joined to the one above it',
    { 'a.map': 'bad@host.example REJECT\n worse@host.example REJECT\n' },
    [
      ['email', 'bad@host.example', 'drop'],
      ['email', 'worse@host.example', 'nothing'],
    ],
  ],
  [
    'clients',
    {
      'a.cidr':
        '192.0.2.10 REJECT\n198.51.100.0/25 WARN\n2001:db8::bad:1/128 REJECT\n2001:db8:bad::/48 WARN\n',
    },
    [
      ['ip', '192.0.2.10', 'drop'],
      ['ip', '192.0.2.11', 'nothing'],
      ['cidr', '198.51.100.127', 'count'],
      ['cidr', '198.51.100.128', 'nothing'],
      ['ip', '2001:db8::bad:1', 'drop'],
      ['ip', '2001:db8::bad:2', 'nothing'],
      ['cidr', '2001:db8:bad:ffff::', 'count'],
      ['cidr', '2001:db8:bae::', 'nothing'],
    ],
  ],
];

describe('Postfix, offered mail', () => {
  for (const [title, tables, expected] of CASES) {
    postfixTest(`tells ${title}`, async () => {
      const shown = expected.map(([kind, text]) => [kind, text] as const);
      const told = await deeds(tables, shown);
      expect(shown.map(([kind, text], at) => [kind, text, told[at]])).toEqual(expected);
    });
  }

  postfixTest('refuses tables that reject what nobody lists, and actions that are none', async () => {
    const shown = [['domain', 'host.example']] as const;
    await expect(deeds({ 'a.regexp': '/./ REJECT\n' }, shown)).rejects.toThrow(
      'Postfix does not let mail through that nobody lists: denied',
    );
    await expect(deeds({ 'a.map': 'host.example NONSENSE\n' }, shown)).rejects.toThrow(
      /Postfix does not answer with 554 but 451 .*: warning: unknown smtpd restriction: "NONSENSE"/,
    );
    await expect(deeds({ 'a.cidr': 'nonsense\n' }, shown)).rejects.toThrow(/^postmap: .*bad address pattern/);
  });

  postfixTest('tells deeds, kinds it cannot carry, and how to run it again', async () => {
    const [file] = writeFiles({ 'a.map': 'host.example WARN\n' });
    const keep = join(file as string, '..', 'kept here');
    const cases = [caseOf('domain', 'host.example'), caseOf('url', 'http://host.example/', 1)];
    const report = await postfix.behave?.({ files: [file as string], cases, keep });
    expect(report).toMatchObject({
      engine: 'postfix',
      rules: ['count'],
      command: expect.stringMatching(/^\S*unshare -r?n \S*python3 \S*postfix-behaviour\.py '.*kept here'$/),
      notCarried: [{ kind: 'url', why: 'a mail server sees addresses of mail and of clients' }],
      observations: [
        { case: 0, carrier: 'MAIL FROM', rules: ['count'] },
        { case: 0, carrier: 'RCPT TO', rules: ['count'] },
      ],
    });
    expect(JSON.parse(readFileSync(join(keep, 'answers.json'), 'utf8'))).toEqual(['warned', 'warned']);
  });

  postfixTest('works through more mails than fit into any buffer', async () => {
    const shown = Array.from(
      { length: 3000 },
      (_, at) => ['email', `x${at % 2}y${at}@host.example`] as const,
    );
    const odd = shown.filter((_, at) => at % 2).map(([, address]) => `${address} REJECT\n`);
    const told = await deeds({ 'a.map': odd.join('') }, shown);
    expect(told).toEqual(shown.map((_, at) => (at % 2 ? 'drop' : 'nothing')));
  });
});

const python = findProgram('python3');
test.skipIf(!python || !findProgram('ip'))('never asks beside a network [needs python3 and ip]', async () => {
  const [file] = writeFiles({ 'mails.json': JSON.stringify({ ip: findProgram('ip'), mails: [] }) });
  const script = join(packageFolder, 'scripts', 'engines', 'postfix-behaviour.py');
  const { status, stderr } = await run(python as string, [script, join(file as string, '..')]);
  expect([status, stderr.trim()]).toEqual([
    1,
    'a network is up here: run this in a network namespace of its own',
  ]);
});
