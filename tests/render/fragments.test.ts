/** What entries share is rendered once, and the text is the same as if it were not. */

import fc from 'fast-check';
import Handlebars from 'handlebars';
import { describe, expect, test } from 'vitest';
import { FragmentMemo } from '../../compiler/render/fragments.ts';
import { HELPERS } from '../../compiler/render/helpers/helpers.ts';
import type { Language } from '../../compiler/render/languages/language.ts';
import type { PassSource } from '../../compiler/render/template.ts';
import type { View } from '../../compiler/render/view.ts';
import { AS_IS, render, runnerOf } from './help.ts';

describe('room for fragments', () => {
  test('a context has its own, and they stay', () => {
    const memo = new FragmentMemo(2, 3);
    const all = [0, 1, 2].map((context) => memo.of(context));
    expect(new Set(all).size).toBe(3);
    memo.of(2)[1] = 'text';
    expect(memo.of(0)).toEqual([undefined, undefined]);
    expect(memo.of(2)).toEqual([undefined, 'text']);
  });

  test('of two contexts with one place the latter has no texts of the former', () => {
    const memo = new FragmentMemo(1, 1);
    for (let context = 0; context < 10; context++) {
      expect(memo.of(context)).toEqual([undefined]);
      memo.of(context)[0] = 'text';
    }
    expect(memo.of(9)).toEqual(['text']);
    expect(memo.of(0)).toEqual([undefined]);
  });

  test('there is a most', () => {
    const memo = new FragmentMemo(1, 1e9);
    memo.of(0)[0] = 'text';
    memo.of(1e6 * 2 ** 10);
    for (let context = 1 << 10; context < 1e6; context += 1 << 10) memo.of(context);
    expect(memo.of(0)).toEqual([undefined]);
  });
});

/** Notes what it is given. */
function counting(): { language: Language; counts: Map<string, number> } {
  const counts = new Map<string, number>();
  const note = (text: string) => {
    counts.set(text, (counts.get(text) ?? 0) + 1);
    return text;
  };
  return { language: { ...AS_IS, text: { about: '', escape: note } }, counts };
}

/** Of two contexts by turns. */
const ENTRIES: readonly View[] = Array.from({ length: 100 }, (_, at) => ({
  value: `value ${at}`,
  note: `note ${at % 2}`,
  reports: [{ title: `title ${at % 2}` }],
  $context: at % 2,
}));

test.each<[about: string, template: string]>([
  ['a field', '{{#each p}}{{value}} {{note}}\n{{/each}}'],
  ['a list', '{{#each p}}{{value}}{{#each reports}} {{title}}{{../note}}{{/each}}\n{{/each}}'],
  ['in a condition on what is not shared', '{{#each p}}{{#if value}}{{note}}{{/if}}{{/each}}'],
  ['a partial of which only a part is shared', '{{#each p}}{{> mixed}}{{/each}}'],
])('is asked for once a context: %s', (_, template) => {
  const { language, counts } = counting();
  const partials = { mixed: '{{value}} {{note}}' };
  const text = render(template, {}, { p: ENTRIES }, language, partials);
  expect(text).toBe(
    render(template, {}, { p: ENTRIES.map(({ $context: _, ...rest }) => rest) }, AS_IS, partials),
  );
  expect(counts.get('note 0')).toBe(1);
  expect(counts.get('note 1')).toBe(1);
  // What differs is asked for each time, what is around a list once.
  expect(text).toContain('note 1');
});

test('@index of the pass is not shared, that of a list in what is shared is', () => {
  const template = '{{#each p}}{{@index}}{{#each reports}}.{{@index}}{{/each}} {{/each}}';
  expect(render(template, {}, { p: ENTRIES.slice(0, 3) })).toBe('0.0 1.0 2.0 ');
});

/** Handlebars’ own escaping, and a place beside it. */
const HTML: Language = {
  name: 'html',
  text: { about: '', escape: (text) => Handlebars.escapeExpression(text), plain: /^[a-z]*$/ },
  places: { quoted: { about: '', escape: (text) => `"${text}"` } },
};

const PARTIALS = {
  tail: '[{{note}}{{severity}}]\n',
  revised: '{{value}}{{#if modified}} {{modified}}, {{severity}}{{/if}}',
  mixed: ' {{#if historical}}{{value}}{{else}}{{severity}}{{/if}} {{> tail}}',
};

/** Plain Handlebars, all at once, with our helpers and place. */
function plain(template: string, view: View): string {
  const handlebars = Handlebars.create();
  for (const [name, { run }] of Object.entries(HELPERS))
    handlebars.registerHelper(name, (...args: unknown[]) => run(...args.slice(0, -1)));
  handlebars.registerHelper('quoted', (value: string) => new Handlebars.SafeString(`"${value}"`));
  const options = { preventIndent: true };
  for (const [name, partial] of Object.entries(PARTIALS))
    handlebars.registerPartial(name, handlebars.compile(partial, options));
  return handlebars.compile(template, options)(view);
}

const text = fc.constantFrom(' ', '\n', 'a', 'b\n', ' { ', '<&">', '\\ ', '  \n');
const tag = (inner: string) =>
  fc
    .tuple(fc.constantFrom('{{', '{{~'), fc.constantFrom('}}', '~}}'))
    .map(([open, close]) => `${open}${inner}${close}`);

/** What may be said in an entry, and in the lists in it: shared names, others, and both in one. */
const SAID = [
  'value',
  'note',
  'severity',
  'historical',
  'publisher.name',
  'upper value',
  'quoted value',
  'quoted severity',
  'default note severity',
  'concat value "-" severity',
  'eq severity "low"',
  'rev',
  'default modified rev',
  '@index',
  '@first',
  '@last',
  '! a comment',
  '> tail',
  '> mixed',
  '> revised',
];
const IN_LIST = [
  'this',
  'title',
  '../value',
  '../severity',
  '../note',
  '../rev',
  '@../index',
  'default ../note ../value',
];
const CONDITIONS = [
  'note',
  'historical',
  'list',
  'modified',
  '@first',
  '(eq severity "low")',
  '(and historical (not note))',
  '(or (ne value "v") historical tags)',
  '(includes tags "a")',
];
const HEADS = [
  ...CONDITIONS.flatMap((condition) => [`#if ${condition}`, `#unless ${condition}`]),
  '^if historical',
  '#each tags',
  '#each reports',
  '#each list',
  '#each (list severity value)',
];

/** The body of an entry; `deep` is in a list of it. */
const bodies = fc.letrec<{ entry: string; inner: string; deep: string; block: string; deepBlock: string }>(
  (tie) => {
    const block = (heads: readonly string[], inside: (head: string) => fc.Arbitrary<string>) =>
      fc
        .tuple(fc.constantFrom(...heads), fc.boolean())
        .chain(([head, withElse]) =>
          fc
            .tuple(
              tag(head),
              inside(head),
              tag('else'),
              inside('#if'),
              tag(`/${head.replace(/^[#^]/, '').split(' ')[0]}`),
            )
            .map(
              ([open, one, otherwise, two, close]) => open + one + (withElse ? otherwise + two : '') + close,
            ),
        );
    const body = (said: readonly string[], nested: 'block' | 'deepBlock') =>
      fc
        .array(
          fc.oneof(
            { depthSize: 'small', withCrossShrink: true },
            text,
            fc.constantFrom(...said).chain(tag),
            fc.constantFrom(...said).chain(tag),
            tie(nested),
          ),
          { maxLength: 5 },
        )
        .map((all) => all.join(''));
    return {
      entry: body(SAID, 'block'),
      inner: tie('entry'),
      deep: body(IN_LIST, 'deepBlock'),
      block: block(HEADS, (head) => tie(head.startsWith('#each') ? 'deep' : 'entry')),
      deepBlock: block(['#if ../note', '#if (eq ../severity "low")', '#unless @last'], () => tie('deep')),
    };
  },
);

const words = fc.constantFrom('', 'v', 'a', 'ä', '<b>', '{{x}}', '&');
const plainly = { noNullPrototype: true };
const reports = fc.array(fc.record({ title: words }, plainly), { maxLength: 2 });
const contexts = fc.record(
  {
    severity: fc.constantFrom('low', 'high', '<high>'),
    note: words,
    historical: fc.boolean(),
    tags: fc.array(words, { maxLength: 3 }),
    reports,
    publisher: fc.constant({ name: 'A & B' }),
  },
  plainly,
);
const entries = fc.record({ value: words, list: reports }, plainly);

/** Hundreds of entries that have some contexts between them. */
function mixed(some: readonly View[], own: readonly View[]): View[] {
  return Array.from({ length: 200 }, (_, at) => {
    const context = (at * 7) % some.length;
    return { ...some[context], ...own[(at * 5 + (at >> 3)) % own.length], $context: context };
  });
}

test('property: the text is that of Handlebars, whatever is shared by hundreds of entries', () => {
  const several = { minLength: 1, maxLength: 5 };
  fc.assert(
    fc.property(bodies.entry, fc.array(contexts, several), fc.array(entries, several), (body, some, own) => {
      const template = `{{#each p}}${body}{{/each}}`;
      const view = { publisher: { name: 'A & B' } };
      const p = mixed(some, own);
      expect(render(template, view, { p }, HTML, PARTIALS)).toBe(plain(template, { ...view, p }));
    }),
    { numRuns: 300 },
  );
});

/** An identity, and with it the empty one that rules are hashed with. */
const identities = fc.record({ rev: fc.integer({ min: 1, max: 12 }), modified: words }, plainly);
const BLANK = { rev: '', modified: '' };

/** Entries whose views get one identity after the other: the texts of each. */
function revised(
  body: string,
  p: readonly View[],
  identity: View,
): { blank: string[]; whole: string[]; text: string } {
  const runner = runnerOf(`{{#each p}}${body}{{/each}}`, ['p'], HTML, PARTIALS, { identity: 'uuid' });
  const memo = new FragmentMemo(runner.fragments('rules.hbs'), p.length);
  const texts = { blank: [] as string[], whole: [] as string[] };
  const source: PassSource = {
    size: p.length,
    *texts({ prepare, render }) {
      for (const [at, entry] of p.entries()) {
        const view: Record<string, unknown> = {
          ...entry,
          ...BLANK,
          $: memo.of(entry.$context as number),
        };
        const text = prepare(view, at);
        texts.blank.push(text());
        Object.assign(view, identity);
        texts.whole.push(text());
        yield render(view, at);
      }
    },
  };
  const view = { p: { length: p.length }, publisher: { name: 'A & B' } };
  return { ...texts, text: [...runner.stream('rules.hbs', view, new Map([['p', source]]))].join('') };
}

test('property: a rule that is rendered once says what it would with each identity', () => {
  const several = { minLength: 1, maxLength: 5 };
  fc.assert(
    fc.property(
      bodies.entry,
      fc.array(contexts, several),
      fc.array(entries, several),
      identities,
      (body, some, own, identity) => {
        const p = mixed(some, own).slice(0, 30);
        const { blank, whole, text } = revised(body, p, identity);
        const plainly = (of: View) =>
          plain(`{{#each p}}${body}{{/each}}`, { p: p.map((entry) => ({ ...entry, ...of })) });
        expect(blank.join('')).toBe(plainly(BLANK));
        expect(whole.join('')).toBe(plainly(identity));
        expect(text).toBe(plainly(identity));
      },
    ),
    { numRuns: 200 },
  );
});

test('what a rule says whatever its identity is asked for once', () => {
  const asked: string[] = [];
  const note = (text: string) => {
    asked.push(text);
    return text;
  };
  const language = { ...AS_IS, places: { noted: { about: '', escape: note } } };
  const runner = runnerOf(
    '{{noted value}} {{rev}} {{> tail}}',
    ['p'],
    language,
    { tail: '{{noted note}}{{#if modified}} {{noted modified}}{{/if}}' },
    {
      identity: 'uuid',
      outputs: [
        { file: '{{value}}.txt', template: 'rules.hbs', each: 'p', passes: { p: { takes: ['domain'] } } },
      ],
    },
  );
  const view: Record<string, unknown> = { value: 'v', note: 'n', ...BLANK, $: [] };
  const text = runner.whole('rules.hbs', view);
  expect(text()).toBe('v  n');
  Object.assign(view, { rev: 2, modified: 'today' });
  expect(text()).toBe('v 2 n today');
  expect(asked).toEqual(['v', 'n', 'today']);
});
