import { describe, expect, test } from 'vitest';
import type { Context } from '../../compiler/indicators/context.ts';
import { KINDS, type Kind } from '../../compiler/indicators/kind.ts';
import type { Collection } from '../../compiler/indicators/set.ts';
import type { Entry } from '../../compiler/plan/entry.ts';
import { DEFAULT_POLICY, refinePolicy } from '../../compiler/plan/policy.ts';
import type { EntryView, GroupView, MemberViews } from '../../compiler/render/entry-view.ts';
import { BLANK_IDENTITY, type View, Views } from '../../compiler/render/view.ts';
import type { Output, Pass, TargetDefinition } from '../../compiler/targets/definition.ts';
import {
  CONTEXT_FIELDS,
  type Field,
  IDENTITY_FIELDS,
  passScope,
  type Scope,
} from '../../compiler/targets/fields.ts';
import { type Given, planOf, setOf, targetOf } from '../plan/help.ts';
import { AS_IS, runnerOf } from './help.ts';

const PUBLISHER = { name: 'Example CERT', id: 'example-cert', prefix: 'EXAMPLE' };
const REPORTS = {
  early: {
    id: 'early',
    title: 'An early report',
    author: 'A',
    published: '2024-01-01',
    url: 'https://www.example.com/early',
  },
  late: { id: 'late', title: 'A late report', author: 'B', published: '2025-01-01', notice: 'A notice.' },
};
const ACTORS = {
  group: { id: 'group', name: 'Example Group', aliases: ['EG'], kind: 'group', linked_to: [] },
} as const;

const VALUES: Record<Kind, string> = {
  domain: 'host.example',
  ip: '192.0.2.1',
  cidr: '192.0.2.0/24',
  endpoint: 'host.example:8443',
  url: 'http://host.example/a',
  email: 'a@host.example',
  hash: '0f0e0d0c0b0a09080706050403020100',
  ja3: '00112233445566778899aabbccddeeff',
  ja3s: 'ffeeddccbbaa99887766554433221100',
  ja4: 't13d1516h2_8daaf6152771_02713d6af862',
  certificate: '00112233445566778899aabbccddeeff00112233',
  user_agent: 'ExampleBot/1.0',
  file_name: 'example.exe',
  file_path: 'C:\\example.exe',
  registry_key: 'HKEY_CURRENT_USER\\Software\\Example',
  mutex: 'Global\\example',
};

function collectionOf(given: readonly Given[]): Collection {
  return {
    reports: new Map(Object.entries(REPORTS)),
    actors: new Map(Object.entries(ACTORS)),
    indicators: setOf(given),
  };
}

/** The views of all entries of a target’s only pass. */
function viewsOf(
  given: readonly Given[],
  definition: TargetDefinition,
  policy = DEFAULT_POLICY[definition.effect],
): View[] {
  const collection = collectionOf(given);
  const views = new Views(collection, PUBLISHER, policy);
  const plan = planOf(collection.indicators, definition, undefined, { actors: collection.actors });
  const file = views.file('test', {});
  const passes = plan.outputs.flatMap((output) => output.passes);
  return passes.flatMap(({ pass, entries }) => {
    const tierOf = (index: number) => plan.verdicts.tier(index);
    const memo = views.memo(0);
    const ofPass = views.pass({ file, pass, memo, tierOf, ruleOf: (index) => `rule-${index}` });
    return Array.from(entries, (entry: Entry) => ofPass.entry(entry));
  });
}

/** All fields of a view, without what is undefined and what no template can name. */
function whole(view: unknown): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (let owner = view; owner !== Object.prototype; owner = Object.getPrototypeOf(owner)) {
    for (const name of Object.getOwnPropertyNames(owner)) {
      const value = (view as Record<string, unknown>)[name];
      if (value !== undefined && typeof value !== 'function' && !name.startsWith('$')) fields[name] ??= value;
    }
  }
  return fields;
}

/** What a view has that the vocabulary does not promise, and what it lacks. */
function differences(view: unknown, scope: Scope, at = ''): string[] {
  const has = whole(view);
  const names = new Set([...Object.keys(has), ...Object.keys(scope)]);
  return [...names].flatMap((name) => {
    const field = scope[name];
    if (field === undefined) return [`${at}${name} is not told`];
    return has[name] === undefined ? [`${at}${name} is missing`] : mismatch(has[name], field, `${at}${name}`);
  });
}

function mismatch(value: unknown, field: Field, at: string): string[] {
  if (field.type === 'object') return differences(value, field.of, `${at}.`);
  if (field.type === 'value')
    return ['string', 'number', 'boolean'].includes(typeof value) ? [] : [`${at} is no value`];
  if (!Array.isArray(value)) return [`${at} is no list`];
  return value.flatMap((item) =>
    field.of ? differences(item, field.of, `${at}[].`) : mismatch(item, { about: '', type: 'value' }, at),
  );
}

const FULL: Partial<Context> = {
  reports: ['early', 'late'],
  actors: ['group'],
  attack: ['T1071.001'],
  tags: ['tag'],
  references: ['https://www.example.com/more'],
};

describe('the names of templates are those of the views, no fewer and no more', () => {
  const scopeOf = (definition: TargetDefinition) => {
    const [output] = definition.outputs as [Output];
    return known(passScope(definition, output, output.passes[0] as Pass));
  };
  // These targets have no options.
  const known = (scope: Scope): Scope => ({ ...scope, options: { about: '', type: 'object', of: {} } });

  test.each(KINDS)('one %s', (kind) => {
    const definition = targetOf({ all: { takes: [kind] } }, { identity: 'uuid' });
    const [view] = viewsOf([[kind, VALUES[kind], FULL]], definition);
    const scope = scopeOf(definition);
    const { sid: _, ...identity } = BLANK_IDENTITY;
    (view as EntryView).identify(identity as never);
    expect(differences(view, scope)).toEqual([]);
  });

  test('a group of every kind', () => {
    const definition = targetOf({ all: { takes: [...KINDS], group: 'context' } });
    const [view] = viewsOf(
      KINDS.map((kind): Given => [kind, VALUES[kind], FULL]),
      definition,
    );
    const scope = scopeOf(definition);
    const told = differences(view, scope);
    // A member has the fields of its own kind only: a template asks for the kind first. What it shares with the group,
    // templates name of the group.
    const own = told.filter((text) => !/^members\[\]\.\w+ is missing$/.test(text));
    expect(own.filter((text) => !shared(text))).toEqual([]);
  });

  const shared = (text: string) => {
    const [, name = ''] = /^\w+\[\]\.(\w+) is not told$/.exec(text) ?? [];
    return name in CONTEXT_FIELDS || ['publisher', 'options', 'target', 'all_reports'].includes(name);
  };

  test('an interval', () => {
    const definition = targetOf({ all: { takes: ['ip'], merge: true } });
    const [view] = viewsOf([['ip', '192.0.2.1', FULL]], definition);
    expect(differences(view, scopeOf(definition))).toEqual([]);
  });

  test('a rule’s identity', () => {
    expect(Object.keys(BLANK_IDENTITY)).toEqual(Object.keys(IDENTITY_FIELDS));
  });
});

describe('the members of a group, looked at one after another', () => {
  const definition = targetOf({ all: { takes: ['domain', 'ip'], group: 'context' } });
  const given: Given[] = [
    ['domain', 'a.example', { match: 'exact' }],
    ['domain', 'b.example', {}],
    ['ip', '192.0.2.1', {}],
    ['domain', 'c.example', {}],
  ];
  const groups = viewsOf(given, definition) as GroupView[];
  const valuesOf = (list: MemberViews) => Array.from({ length: list.size }, (_, at) => list.at(at).value);

  test.each(['members', 'suffixes', 'domain', 'ip'])('%s: those of the list', (name) => {
    expect(groups.length).toBeGreaterThan(0);
    for (const group of groups) {
      const listed = group[name] as readonly View[];
      expect(valuesOf((group.$members as (name: string) => MemberViews)(name))).toEqual(
        listed.map(({ value }) => value),
      );
    }
  });

  test('a list inside of the same list has views of its own', () => {
    const template =
      '{{#each p}}{{#each domain}}{{value}}:{{#each ../domain}} {{value}}{{/each}} {{value}}\n{{/each}}{{/each}}';
    const runner = runnerOf(
      template,
      ['p'],
      AS_IS,
      {},
      {
        outputs: [
          {
            file: 'rules.txt',
            template: 'rules.hbs',
            passes: { p: { takes: ['domain'], group: 'context' } },
          },
        ],
      },
    );
    const text = groups.map((group) => runner.entry('rules.hbs', 'p', group)).join('');
    expect(text.split('\n').sort()).toEqual([
      '',
      'a.example: a.example b.example c.example a.example',
      'b.example: a.example b.example c.example b.example',
      'c.example: a.example b.example c.example c.example',
    ]);
  });
});

const domains = targetOf({ all: { takes: ['domain'] } });
const one = (over: Partial<Context>) => viewsOf([['domain', 'host.example', over]], domains)[0] as View;

describe('what a context says', () => {
  test('reports, their authors once, the earliest day, references each once', () => {
    expect(
      one({
        reports: ['early', 'late'],
        references: ['https://www.example.com/early', 'https://www.example.com/x'],
      }),
    ).toMatchObject({
      author: 'A, B',
      published: '2024-01-01',
      references: ['https://www.example.com/early', 'https://www.example.com/x'],
      reports: [
        { id: 'early', notice: '', url: 'https://www.example.com/early' },
        { id: 'late', notice: 'A notice.', url: '' },
      ],
    });
  });

  test('without a report', () => {
    expect(one({})).toMatchObject({
      author: 'Example CERT',
      published: '',
      reports: [],
      references: [],
      actors: [],
    });
  });

  test.each([
    ['active', 'critical', 'critical', false],
    ['historical', 'critical', 'low', true],
    ['historical', 'medium', 'low', true],
    ['historical', 'low', 'low', true],
    ['historical', 'informational', 'informational', true],
  ] as const)('%s and %s: severity %s', (status, severity, shown, historical) => {
    expect(one({ status, severity })).toMatchObject({ status, severity: shown, historical });
  });

  test('a domain stands for the names below it unless it is exact', () => {
    expect(one({}).subdomains).toBe(true);
    expect(one({ match: 'exact' }).subdomains).toBe(false);
    expect(
      viewsOf([['email', 'a@host.example']], targetOf({ all: { takes: ['email'] } }))[0]?.subdomains,
    ).toBe(false);
  });

  test('what is absent is the empty text', () => {
    expect(one({})).toMatchObject({ note: '', first_seen: '', last_seen: '', expires: '', of_file: '' });
    expect(one({ note: 'n', file_name: 'f.exe', expires: '2027-01-01' })).toMatchObject({
      note: 'n',
      of_file: 'f.exe',
      expires: '2027-01-01',
    });
  });
});

test('a group: members by kind, suffixes, the count', () => {
  const definition = targetOf({ all: { takes: ['domain', 'ip', 'url'], group: 'context' } });
  const [view = {}] = viewsOf(
    [
      ['ip', '192.0.2.1'],
      ['domain', 'b.example'],
      ['domain', 'a.example', { match: 'exact' }],
    ],
    definition,
  );
  const values = (name: string) => (view[name] as { value: string }[]).map(({ value }) => value);
  expect(values('members')).toEqual(['a.example', 'b.example', '192.0.2.1']);
  expect(values('domain')).toEqual(['a.example', 'b.example']);
  expect(values('ip')).toEqual(['192.0.2.1']);
  expect(values('url')).toEqual([]);
  expect(values('suffixes')).toEqual(['b.example']);
  expect(view.count).toBe(3);
});

test('an interval: its ends', () => {
  const definition = targetOf({ all: { takes: ['ip', 'cidr'], merge: true } });
  const views = viewsOf(
    [
      ['ip', '192.0.2.1'],
      ['cidr', '2001:db8::/126'],
    ],
    definition,
  );
  expect(views.map(({ value, first, last, family }) => ({ value, first, last, family }))).toEqual([
    { value: '192.0.2.1', first: '192.0.2.1', last: '192.0.2.1', family: 4 },
    { value: '2001:db8::/126', first: '2001:db8::', last: '2001:db8::3', family: 6 },
  ]);
});

test('severity and end are what policy makes of them', () => {
  const definition = targetOf({ all: { takes: ['ip', 'domain'] } });
  const policy = refinePolicy(DEFAULT_POLICY.detect, {
    lifetimes: { ip: 10_000 },
    severity: { critical: 'medium', historical: 'informational' },
  });
  const views = viewsOf(
    [
      ['ip', '192.0.2.1', { severity: 'critical', reports: ['late', 'early'] }],
      ['ip', '192.0.2.2', { severity: 'high', status: 'historical', expires: '2026-01-02' }],
      ['domain', 'host.example', { last_seen: '2025-12-01' }],
    ],
    definition,
    policy,
  );
  const told = views.map(({ value, severity, listed_severity, expires }) => [
    value,
    severity,
    listed_severity,
    expires,
  ]);
  expect(told).toEqual([
    ['host.example', 'high', 'high', ''],
    ['192.0.2.1', 'medium', 'critical', '2051-05-19'],
    ['192.0.2.2', 'informational', 'high', '2026-01-02'],
  ]);
});

test('the reports of the build, by id', () => {
  const views = new Views(collectionOf([]), PUBLISHER, DEFAULT_POLICY.detect);
  expect(views.file('test', { a: 1 })).toMatchObject({
    target: 'test',
    options: { a: 1 },
    publisher: PUBLISHER,
    all_reports: [{ id: 'early' }, { id: 'late' }],
  });
});

test('a report may have more contexts than a call takes arguments; the strictest TLP counts', () => {
  const given = Array.from(
    { length: 150_000 },
    (_, at): Given => ['domain', `name-${at}.example`, { tlp: at === 149_999 ? 'green' : 'clear' }],
  );
  const definition = targetOf({ all: { takes: ['domain'], group: 'report' } }, { effect: 'share' });
  const [report] = viewsOf(given, definition);
  expect([report?.tlp, report?.count, report?.key]).toEqual(['green', 150_000, '']);
});
