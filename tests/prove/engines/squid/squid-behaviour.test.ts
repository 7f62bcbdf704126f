import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Kind } from '../../../../compiler/indicators/kind.ts';
import type { Case } from '../../../../compiler/prove/behaviour.ts';
import { squid } from '../../../../compiler/prove/engines/squid/squid.ts';
import { findProgram, packageFolder, run } from '../../../../compiler/prove/process.ts';
import { engineTest } from '../../../engines/require.ts';
import { writeFiles } from '../../files.ts';

const squidTest = await engineTest('squid');

const MARKS = `acl marked annotate_transaction refang=watch
`;

const caseOf = (kind: Kind, text: string, id = 0): Case => ({ id, kind, text, expect: 'match', about: '' });

/** What is done to what is shown, in each way it is seen: one word where it is the same for all. */
async function deeds(rules: string, shown: readonly (readonly [Kind, string])[]) {
  const cases = shown.map(([kind, text], id) => caseOf(kind, text, id));
  const report = await squid.behave?.({ files: writeFiles({ 'rules.conf': MARKS + rules }), cases });
  return shown.map((_, id) => {
    const seen = (report?.observations ?? []).filter((one) => one.case === id);
    const words = seen.map(({ carrier, rules: [deed] }) => `${carrier}: ${deed ?? 'nothing'}`);
    const [first] = seen;
    return seen.every(({ rules: [deed] }) => deed === first?.rules[0])
      ? (first?.rules[0] ?? (first ? 'nothing' : 'unseen'))
      : words.join(', ');
  });
}

const CASES: readonly (readonly [string, string, readonly (readonly [Kind, string, string])[]])[] = [
  [
    'names, with those below them',
    'acl a dstdomain -n .host.example\nhttp_access deny a',
    [
      ['domain', 'host.example', 'drop'],
      ['domain', 'WWW.Host.Example', 'drop'],
      ['domain', 'evilhost.example', 'nothing'],
      ['domain', 'host.example.test', 'nothing'],
      ['endpoint', 'www.host.example:8443', 'drop'],
      ['url', 'http://host.example/a', 'drop'],
      ['url', 'https://host.example/a', 'unseen'],
    ],
  ],
  [
    'a name alone, one that begins with a hyphen',
    'acl a dstdomain -n -- -host.example\nhttp_access deny a',
    [
      ['domain', '-host.example', 'drop'],
      ['domain', 'www.-host.example', 'nothing'],
    ],
  ],
  [
    'what is marked and passes',
    'acl a dstdomain -n .host.example\nhttp_access deny a marked !all',
    [
      ['domain', 'host.example', 'count'],
      ['domain', 'other.example', 'nothing'],
    ],
  ],
  [
    'addresses, and names that have them',
    'acl a dst 192.0.2.10 198.51.100.0/25 203.0.113.16-203.0.113.23 2001:db8:bad::/48\nhttp_access deny a',
    [
      ['ip', '192.0.2.10', 'drop'],
      ['ip', '192.0.2.11', 'nothing'],
      ['cidr', '198.51.100.127', 'drop'],
      ['cidr', '198.51.100.128', 'nothing'],
      ['ip', '203.0.113.23', 'drop'],
      ['ip', '203.0.113.24', 'nothing'],
      ['ip', '2001:db8:bad:ffff::1', 'drop'],
      ['ip', '2001:db8:bae::', 'nothing'],
    ],
  ],
  [
    'a leading zero, which Squid reads as octal',
    'acl a dst 010.0.0.1\nhttp_access deny a',
    [
      ['ip', '10.0.0.1', 'nothing'],
      ['ip', '8.0.0.1', 'drop'],
    ],
  ],
  [
    'addresses that no name is looked up for',
    'acl a dst -n 192.0.2.10\nhttp_access deny a',
    [['ip', '192.0.2.10', 'HTTP: drop, HTTP to a name: nothing, CONNECT: drop']],
  ],
  [
    'hosts with a port',
    'acl h dst 203.0.113.77\nacl p port 8443\nacl a all-of h p\nhttp_access deny a',
    [
      ['endpoint', '203.0.113.77:8443', 'drop'],
      ['endpoint', '203.0.113.77:8444', 'nothing'],
      ['endpoint', '203.0.113.78:8443', 'nothing'],
    ],
  ],
  [
    'URLs, decoded, their hosts in lower case',
    'acl a url_regex ^http://host\\.example/a/b\\?c=d$\nhttp_access deny a',
    [
      ['url', 'http://host.example/a/b?c=d', 'drop'],
      ['url', 'http://HOST.example/%61/b?c=d', 'drop'],
      ['url', 'http://user@host.example/a/b?c=d', 'drop'],
      ['url', 'http://host.example/A/b?c=d', 'nothing'],
      ['url', 'http://host.example/a/b?c=d&e', 'nothing'],
      ['url', 'http://host.example:8080/a/b?c=d', 'nothing'],
      ['url', 'http://www.host.example/a/b?c=d', 'nothing'],
    ],
  ],
  [
    'user agents',
    'acl a browser ^Bot/1\\.0[[:blank:]]\\(x\\)$\nhttp_access deny a',
    [
      ['user_agent', 'Bot/1.0 (x)', 'drop'],
      ['user_agent', 'Bot/1.0 (x) y', 'nothing'],
      ['user_agent', 'bot/1.0 (x)', 'nothing'],
    ],
  ],
];

describe('Squid, asked for requests', () => {
  for (const [title, rules, expected] of CASES) {
    squidTest(`tells ${title}`, async () => {
      const shown = expected.map(([kind, text]) => [kind, text] as const);
      const told = await deeds(rules, shown);
      expect(shown.map(([kind, text], at) => [kind, text, told[at]])).toEqual(expected);
    });
  }

  squidTest('refuses rules that deny what nobody lists, and rules that do not load', async () => {
    await expect(deeds('http_access deny all', [['domain', 'host.example']])).rejects.toThrow(
      'Squid denies what nobody lists',
    );
    await expect(deeds('http_access deny nonsense', [['domain', 'host.example']])).rejects.toThrow(
      /Squid does not start: .*FATAL: Bungled/,
    );
  });

  squidTest('tells deeds, kinds it cannot carry, and how to run it again', async () => {
    const [file] = writeFiles({ 'rules.conf': 'acl a dstdomain .host.example\nhttp_access deny a\n' });
    const keep = join(file as string, '..', 'kept here');
    const cases = [caseOf('domain', 'host.example'), caseOf('email', 'a@host.example', 1)];
    const report = await squid.behave?.({ files: [file as string], cases, keep });
    expect(report).toMatchObject({
      engine: 'squid',
      rules: ['drop'],
      notCarried: [{ kind: 'email', why: 'a proxy sees requests' }],
      command: expect.stringMatching(/^\S*unshare -r?n \S*python3 \S*squid-behaviour\.py '.*kept here'$/),
    });
    expect(JSON.parse(readFileSync(join(keep, 'answers.json'), 'utf8'))).toEqual(['denied', 'denied']);
  });
});

const python = findProgram('python3');
test.skipIf(!python || !findProgram('ip'))('never asks beside a network [needs python3 and ip]', async () => {
  const [file] = writeFiles({
    'requests.json': JSON.stringify({ ip: findProgram('ip'), command: [], requests: [] }),
  });
  const script = join(packageFolder, 'scripts', 'engines', 'squid-behaviour.py');
  const { status, stderr } = await run(python as string, [script, join(file as string, '..')]);
  expect([status, stderr.trim()]).toEqual([
    1,
    'a network is up here: run this in a network namespace of its own',
  ]);
});
