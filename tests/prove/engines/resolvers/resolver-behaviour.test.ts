import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Kind } from '../../../../compiler/indicators/kind.ts';
import type { Case } from '../../../../compiler/prove/behaviour.ts';
import {
  RESOLVER_PORT,
  type Resolver,
  showQueries,
} from '../../../../compiler/prove/engines/resolvers/resolver-behaviour.ts';
import { ENGINES } from '../../../../compiler/prove/engines.ts';
import { findProgram, packageFolder, run } from '../../../../compiler/prove/process.ts';
import { engineTest } from '../../../engines/require.ts';
import { writeFiles } from '../../files.ts';

const LATE = join(import.meta.dirname, 'late-resolver.cjs');

const caseOf = (text: string, id = 0, kind: Kind = 'domain'): Case => ({
  id,
  kind,
  text,
  expect: 'match',
  about: '',
});

/** What is done to queries for each name: one word where it is the same for both types, else a word a type. */
async function deeds(engine: 'unbound' | 'dnsmasq', rules: string, names: readonly string[]) {
  const cases = names.map((name, id) => caseOf(name, id));
  const report = await ENGINES[engine].behave?.({ files: writeFiles({ 'rules.conf': rules }), cases });
  const seen = report?.observations ?? [];
  expect(seen.map(({ case: shown, carrier }) => `${shown} ${carrier}`)).toEqual(
    cases.flatMap(({ id }) => [`${id} DNS query A`, `${id} DNS query AAAA`]),
  );
  return Object.fromEntries(
    names.map((name, id) => {
      const [a, aaaa] = seen.filter((one) => one.case === id).map(({ rules: [deed] }) => deed ?? 'nothing');
      return [name, a === aaaa ? a : `${a} ${aaaa}`];
    }),
  );
}

describe('Unbound, asked for names', async () => {
  const unboundTest = await engineTest('unbound');
  const zone = (type: string, more = '') => `server:\nlocal-zone: "host.example." ${type}\n${more}`;
  const cases: readonly (readonly [string, string, Record<string, string>])[] = [
    [
      'what does not exist, with all below it',
      zone('always_nxdomain'),
      {
        'host.example': 'drop',
        'WWW.Host.Example': 'drop',
        'evilhost.example': 'nothing',
        'host.example.test': 'nothing',
      },
    ],
    [
      'what is logged',
      zone('inform'),
      { 'host.example': 'count', 'a.b.HOST.example': 'count', 'other.example': 'nothing' },
    ],
    ['what is logged and not answered', zone('inform_deny'), { 'host.example': 'drop' }],
    ['what is refused', zone('always_refuse'), { 'a.host.example': 'drop' }],
    ['what gets another address', zone('always_null'), { 'host.example': 'drop' }],
    ['what says nothing', zone('always_transparent'), { 'host.example': 'nothing' }],
    [
      'an address that is local for one type',
      zone('typetransparent', 'local-data: "host.example. A 192.0.2.1"'),
      { 'host.example': 'drop nothing', 'www.host.example': 'nothing' },
    ],
    [
      'a narrower zone, which wins',
      zone('always_nxdomain', 'local-zone: "hole.host.example." inform'),
      { 'host.example': 'drop', 'x.hole.host.example': 'count' },
    ],
    [
      'a name alone, where the one above it is logged',
      zone('inform', `local-data: 'alone.host.example. TXT "blocked"'`),
      { 'alone.host.example': 'drop', 'www.alone.host.example': 'count', 'host.example': 'count' },
    ],
    [
      'names in zones of its own',
      'server:\n',
      { 'a.test': 'nothing', 'b.onion': 'nothing', 'c.invalid': 'nothing' },
    ],
  ];
  for (const [title, rules, expected] of cases) {
    unboundTest(`tells ${title}`, async () => {
      expect(await deeds('unbound', rules, Object.keys(expected))).toEqual(expected);
    });
  }

  unboundTest('refuses rules that withhold what nobody lists, and rules that do not load', async () => {
    await expect(
      deeds('unbound', 'server:\nlocal-zone: "." always_nxdomain\n', ['host.example']),
    ).rejects.toThrow('the resolver withholds a name that nobody lists');
    await expect(deeds('unbound', 'server:\nnonsense: 1\n', ['host.example'])).rejects.toThrow(
      'the resolver does not start: ',
    );
  });

  unboundTest('tells deeds, kinds it cannot carry, and how to run it again', async () => {
    const [file] = writeFiles({ 'rules.conf': zone('always_nxdomain') });
    const keep = join(file as string, '..', 'kept here');
    const cases = [caseOf('host.example'), caseOf('192.0.2.1', 1, 'ip'), caseOf('not a "name"', 2)];
    const report = await ENGINES.unbound.behave?.({ files: [file as string], cases, keep });
    expect(report).toMatchObject({
      engine: 'unbound',
      rules: ['drop'],
      notCarried: [{ kind: 'ip', why: 'a resolver sees names' }],
      command: expect.stringMatching(/^\S*unshare -r?n \S*python3 \S*resolver-behaviour\.py '.*kept here'$/),
    });
    expect(report?.observations.map(({ case: shown }) => shown)).toEqual([0, 0]);
    expect(JSON.parse(readFileSync(join(keep, 'answers.json'), 'utf8'))).toEqual({ through: [] });
  });

  unboundTest('asks for more names than go into one batch', async () => {
    const names = Array.from({ length: 500 }, (_, at) =>
      at % 2 ? `n${at}.host.example` : `n${at}.other.example`,
    );
    const expected = Object.fromEntries(names.map((name, at) => [name, at % 2 ? 'drop' : 'nothing']));
    expect(await deeds('unbound', zone('always_nxdomain'), names)).toEqual(expected);
  });
});

describe('dnsmasq, asked for names', async () => {
  const dnsmasqTest = await engineTest('dnsmasq');
  const cases: readonly (readonly [string, string, Record<string, string>])[] = [
    [
      'what does not exist, with all below it',
      'address=/host.example/',
      {
        'host.example': 'drop',
        'WWW.Host.Example': 'drop',
        'evilhost.example': 'nothing',
        'host.example.test': 'nothing',
      },
    ],
    ['an address for one type', 'address=/host.example/192.0.2.1', { 'host.example': 'drop nothing' }],
    ['an address for both', 'address=/host.example/#', { 'www.host.example': 'drop' }],
    ['what says nothing', 'server=/host.example/#', { 'host.example': 'nothing' }],
    ['a pattern', 'address=/*host.example/', { 'evilhost.example': 'drop', 'host.example': 'drop' }],
    [
      'a name alone, and one below it that is listed',
      'address=/host.example/\nserver=/*.host.example/#\naddress=/a.host.example/',
      {
        'host.example': 'drop',
        'www.host.example': 'nothing',
        'a.host.example': 'drop',
        'b.a.host.example': 'drop',
      },
    ],
  ];
  for (const [title, rules, expected] of cases) {
    dnsmasqTest(`tells ${title}`, async () => {
      expect(await deeds('dnsmasq', rules, Object.keys(expected))).toEqual(expected);
    });
  }

  dnsmasqTest('refuses rules that withhold what nobody lists, and rules that do not load', async () => {
    await expect(deeds('dnsmasq', 'address=/example/', ['host.example'])).rejects.toThrow(
      'the resolver withholds a name that nobody lists',
    );
    await expect(deeds('dnsmasq', 'nonsense', ['host.example'])).rejects.toThrow(
      /does not start: .*bad option/,
    );
  });
});

const python = findProgram('python3');
test.skipIf(!python || !findProgram('ip'))('never asks beside a network [needs python3 and ip]', async () => {
  const [file] = writeFiles({
    'queries.json': JSON.stringify({ ip: findProgram('ip'), command: [], queries: [] }),
  });
  const script = join(packageFolder, 'scripts', 'engines', 'resolver-behaviour.py');
  const { status, stderr } = await run(python as string, [script, join(file as string, '..')]);
  expect([status, stderr.trim()]).toEqual([
    1,
    'a network is up here: run this in a network namespace of its own',
  ]);
});

describe('A resolver that says too early that it has read its rules', async () => {
  // Whoever may run Unbound may run any resolver.
  const isolated = await engineTest('unbound');
  const late = (...words: readonly number[]): Resolver => ({
    engine: 'bind',
    version: '1',
    config: () => ({}),
    command: [process.execPath, LATE, String(RESOLVER_PORT), ...words.map(String)],
    ready: () => ['rules are read'],
    logged: () => new Set(),
  });
  const shown = async (resolver: Resolver) => {
    const request = { files: writeFiles({ 'rules.conf': '' }), cases: [caseOf('host.example')] };
    return (await showQueries(resolver, request)).observations.map(({ rules }) => rules);
  };

  isolated('is asked until two rounds agree', async () => {
    expect(await shown(late(2))).toEqual([['drop'], ['drop']]);
    expect(await shown(late(1))).toEqual([['drop'], ['drop']]);
    expect(await shown(late(1000))).toEqual([[], []]);
  });

  isolated('is not believed where no two rounds agree', async () => {
    await expect(shown(late(1, 2))).rejects.toThrow('the resolver says something else each time it is asked');
  });
});
