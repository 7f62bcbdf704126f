import fc from 'fast-check';
import Handlebars from 'handlebars';
import { describe, expect, test } from 'vitest';
import type { PassSource } from '../../compiler/render/template.ts';
import type { View } from '../../compiler/render/view.ts';
import { AS_IS, MARKED, render, runnerOf, sourceOf } from './help.ts';

describe('escaping', () => {
  const entry = { value: 'v', tags: ['a', 'b'], note: '', who: { name: 'n' } };
  const cases: [about: string, template: string, text: string][] = [
    ['a value', '{{value}}', '<v>'],
    ['a value without whitespace', ' {{~value~}} ', '<v>'],
    ['a field of a thing', '{{who.name}}', '<n>'],
    ['what a helper returns', '{{upper value}}', '<V>'],
    ['helpers in helpers, once', '{{upper (concat value "x")}}', '<VX>'],
    ['a text of the template in a mustache', '{{"lit"}}', '<lit>'],
    ['what is missing, and the empty text', '{{nothing}}{{note}}', '<><>'],
    ['numbers and booleans', '{{tags.length}}{{eq value "v"}}', '<2><true>'],
    ['items of a list', '{{#each tags}}{{this}}{{@index}}{{/each}}', '<a><0><b><1>'],
    [
      'deep in blocks',
      '{{#each tags}}{{#if this}}{{#unless ../note}}{{../value}}{{/unless}}{{/if}}{{/each}}',
      '<v><v>',
    ],
    ['in an else', '{{#if note}}{{else}}{{value}}{{/if}}', '<v>'],
    ['in an else of a list', '{{#each note}}{{else}}{{value}}{{/each}}', '<v>'],
    ['in a partial', '{{> tail}}', '[<v>]'],
    ['in a partial in a list', '{{#each tags}}{{> item}}{{/each}}', '[<a>][<b>]'],
    ['in a partial of a partial', '{{> outer}}', '([<v>])'],
    ['a place, once', '{{quoted value}}', '"v"'],
    ['a place with a helper’s result', '{{quoted (upper value)}}', '"V"'],
    ['a place in a partial', '{{> placed}}', '"v"'],
    ['three braces: not at all', '{{{value}}}{{{upper value}}}', 'vV'],
    ['the text around: not at all', 'a < b {{! comment }}', 'a < b '],
  ];
  const partials = {
    tail: '[{{value}}]',
    item: '[{{this}}]',
    outer: '({{> tail}})',
    placed: '{{quoted value}}',
  };

  test.each(cases)('%s: %s', (_, template, text) => {
    expect(render(template, entry, {}, MARKED, partials)).toBe(text);
    const streamed = render(
      `{{#each dns}}${template}{{/each}}`,
      {},
      { dns: [entry, entry] },
      MARKED,
      partials,
    );
    expect(streamed).toBe(text + text);
  });

  test('a helper’s name in the data is a value, and a value’s name as a helper is none', () => {
    expect(render('{{this.upper}}', { upper: 'data' })).toBe('data');
  });

  test('functions and inherited names of the data are nothing', () => {
    expect(render('[{{constructor}}{{__proto__}}{{this.constructor.name}}]', { value: 1 })).toBe('[]');
  });
});

describe('streaming', () => {
  /** A pass that notes when an entry is asked for. */
  function noted(count: number, notes: string[]): PassSource {
    return {
      size: count,
      *texts({ render: renderOne }) {
        for (let at = 0; at < count; at++) {
          notes.push(`entry ${at}`);
          yield renderOne({ value: at }, at);
        }
      },
    };
  }

  test('an entry is asked for when the text before it was drawn', () => {
    const notes: string[] = [];
    const runner = runnerOf('head\n{{#each dns}}\n{{value}}\n{{/each}}\ntail\n', ['dns']);
    for (const text of runner.stream(
      'rules.hbs',
      { dns: { length: 3 } },
      new Map([['dns', noted(3, notes)]]),
    ))
      notes.push(text);
    expect(notes).toEqual(['head\n', 'entry 0', '0\n', 'entry 1', '1\n', 'entry 2', '2\n', 'tail\n']);
  });

  test('nothing is drawn before it is asked for, nor after', () => {
    const notes: string[] = [];
    const runner = runnerOf('{{#each dns}}{{value}}{{/each}}', ['dns']);
    const [first] = runner.stream('rules.hbs', {}, new Map([['dns', noted(1e9, notes)]]));
    expect([first, notes]).toEqual(['0', ['entry 0']]);
  });

  test('each pass has its place, and what stands for an empty one', () => {
    const template =
      '{{#if a}}A{{#each a}}{{value}}{{/each}}{{else}}no a{{/if}}|{{#each b}}{{value}}{{else}}no b{{/each}}';
    const view = (value: number) => ({ value });
    expect(render(template, {}, { a: [view(1), view(2)], b: [] })).toBe('A12|no b');
    expect(render(template, {}, { a: [], b: [view(3)] })).toBe('no a|3');
  });

  test('a pass in an else, and the opposite of a condition', () => {
    const template = '{{#unless a}}none{{else}}{{#each a}}{{value}}{{/each}}{{/unless}}';
    expect(render(template, {}, { a: [] })).toBe('none');
    expect(render(template, {}, { a: [{ value: 7 }] })).toBe('7');
  });

  test('@index, @first and @last are those of the pass; in a list within, those of the list', () => {
    const template =
      '[{{#each dns}}{{#unless @first}},{{/unless}}{{@index}}{{#each tags}}{{@index}}{{#if @last}};{{/if}}{{/each}}{{#if @last}}.{{/if}}{{/each}}]';
    const views = [{ tags: ['x', 'y'] }, { tags: [] }, { tags: ['z'] }];
    expect(render(template, {}, { dns: views })).toBe('[001;,1,20;.]');
  });
});

describe('whitespace', () => {
  const cases: [about: string, template: string, text: string][] = [
    ['lines of tags alone leave no line', '{{#each dns}}\n{{value}}\n{{/each}}\nend\n', '1\n2\nend\n'],
    ['indented ones neither', '  {{#each dns}}\n  {{value}}\n  {{/each}}\nend\n', '  1\n  2\nend\n'],
    ['a tag within a line leaves its line', 'a {{#each dns}}{{value}}{{/each}} b\n', 'a 12 b\n'],
    ['a comment of its own', 'a\n{{! c }}\nb\n', 'a\nb\n'],
    ['a partial of its own keeps one indent', 'a\n  {{> two}}\nb\n', 'a\n  x\ny\nb\n'],
    [
      'conditions around the pass',
      'a\n{{#if dns}}\nb\n{{#each dns}}\n{{value}}\n{{/each}}\n{{/if}}\nc',
      'a\nb\n1\n2\nc',
    ],
    ['tildes', 'a\n\n{{~#each dns~}}\n\n{{value}}\n\n{{~/each~}}\n\nb', 'a12b'],
    ['an else of its own', '{{#if dns}}\nx\n{{else}}\ny\n{{/if}}\n', 'x\n'],
    ['windows line ends', '{{#each dns}}\r\n{{value}}\r\n{{/each}}\r\nend\r\n', '1\r\n2\r\nend\r\n'],
  ];

  test.each(cases)('%s', (_, template, text) => {
    expect(render(template, {}, { dns: [{ value: 1 }, { value: 2 }] }, AS_IS, { two: 'x\ny\n' })).toBe(text);
  });
});

/** Parts of templates; those of a list may use what is around. */
const text = fc.constantFrom(' ', '\n', '  \n', 'a', 'b\n', '\n\n', ' { ', ' } ', '<&">', '\\ ', '\r\n');
const tag = (inner: string) =>
  fc
    .tuple(fc.constantFrom('{{', '{{~'), fc.constantFrom('}}', '~}}'))
    .map(([open, close]) => `${open}${inner}${close}`);
const leaf = fc.oneof(
  text,
  text,
  ...[
    'value',
    'note',
    'who.name',
    'default value "none"',
    'ne value note',
    '! a comment',
    '> tail',
    '@index',
  ].map(tag),
);
const nested = fc.letrec<{ body: string; block: string }>((tie) => ({
  body: fc
    .array(fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('block')), { maxLength: 5 })
    .map((all) => all.join('')),
  block: fc
    .tuple(
      fc.constantFrom(
        '#if note',
        '#unless note',
        '#if (eq value "v")',
        '#each tags',
        '#each list',
        '^if note',
      ),
      fc.boolean(),
      tie('body'),
      tie('body'),
    )
    .chain(([head, withElse, one, two]) =>
      fc
        .tuple(tag(head), tag('else'), tag(`/${head.replace(/^[#^]/, '').split(' ')[0]}`))
        .map(([open, otherwise, close]) => open + one + (withElse ? otherwise + two : '') + close),
    ),
}));
const passBlock = fc
  .tuple(fc.constantFrom('p', 'q'), nested.body, tag('#each @'), tag('/each'), fc.boolean())
  .map(([name, body, open, close, guarded]) => {
    const each = open.replace('@', name) + body + close;
    return { name, text: guarded ? `{{#if ${name}}}\n${each}\n{{/if}}\n` : each };
  });
const templates = fc
  .tuple(nested.body, fc.uniqueArray(passBlock, { selector: ({ name }) => name }), nested.body)
  .map(([head, passes, tail]) => head + passes.map((pass) => pass.text).join('\n') + tail);

const words = fc.constantFrom('', 'v', 'ä', '{{x}}', '0');
const scalars = fc.oneof(words, fc.constantFrom(0, 1, true, false));
const item = fc.record({ value: words, note: scalars });
const views: fc.Arbitrary<View> = fc.record({
  value: words,
  note: scalars,
  who: fc.record({ name: words }),
  tags: fc.array(words, { maxLength: 3 }),
  list: fc.array(item, { maxLength: 3 }),
});

/** Plain Handlebars, all at once, with the helpers that the templates here use. */
function plain(template: string, view: View): string {
  const handlebars = Handlebars.create();
  handlebars.registerHelper({
    default: (value: unknown, otherwise: unknown) =>
      value === undefined || value === '' ? otherwise : value,
    eq: (one: unknown, other: unknown) => one === other,
    ne: (one: unknown, other: unknown) => one !== other,
  });
  const options = { preventIndent: true };
  handlebars.registerPartial('tail', handlebars.compile('[{{note}}]\n', options));
  return handlebars.compile(template, options)(view);
}

test('property: the same text as Handlebars makes at once, where nothing needs an escape', () => {
  const pass = fc.array(views, { maxLength: 3 });
  fc.assert(
    fc.property(templates, views, pass, pass, (template, view, p, q) => {
      const partials = { tail: '[{{note}}]\n' };
      expect(render(template, view, { p, q }, AS_IS, partials)).toBe(plain(template, { ...view, p, q }));
    }),
    { numRuns: 200 },
  );
});

test('a source of views is drawn in order', () => {
  const text = (view: View, at: number) => `${at}${view.a}`;
  const prepare = (view: View, at: number) => () => text(view, at);
  const renderer = { placed: true, numbered: false, render: text, prepare };
  expect([...sourceOf([{ a: 1 }, { a: 2 }]).texts(renderer)]).toEqual(['01', '12']);
});

describe('a rule, with one identity after another', () => {
  const partials = {
    dated: '{{this}} of {{../rev}}, ',
    within: '[{{> dated}}]',
    inner: '{{../../rev}}{{this}}',
  };
  const templates: [about: string, template: string][] = [
    ['around a list', '{{id}}{{#each tags}}{{this}},{{/each}}{{rev}}'],
    ['in a list', '{{#each tags}}{{this}} of {{../rev}}, {{/each}}'],
    ['in a list of lists', '{{#each lists}}{{#each this}}{{this}}{{../../rev}}{{/each}};{{/each}}'],
    ['in partials of a list', '{{#each tags}}{{> within}}{{/each}}'],
    ['in a partial of a list of lists', '{{#each lists}}{{#each this}}{{> inner}}{{/each}}{{/each}}'],
    ['of which a list shows two things', '{{#each tags}}{{../rev}}{{this}}{{../id}}{{/each}}'],
    ['that a list asks for', '{{#each tags}}{{#if (gt ../rev 1)}}{{this}}{{../rev}}{{/if}}{{/each}}'],
    ['together with an item', '{{#each tags}}{{concat this ../rev}}{{/each}}'],
    ['together with the place of an item', '{{#each tags}}{{concat @index ../rev}}{{/each}}'],
    ['that decides about a list', '{{#each (default modified tags)}}{{this}}{{../rev}}{{else}}-{{/each}}'],
    [
      'in a list with an else',
      '{{#each tags}}{{../rev}}{{else}}none{{/each}}{{#each none}}{{../rev}}{{else}}none{{/each}}',
    ],
  ];
  // As few languages write it: a list may hold what a hole is marked with.
  const view = { tags: ['a', '\0', 'b\0\0c'], lists: [['d'], ['e', 'f\0'], []], none: [] };
  const identities = [
    { id: '', rev: '', modified: '' },
    { id: 'x', rev: 1, modified: '' },
    { id: 'y', rev: 2, modified: ['z'] },
  ];
  test.each(
    templates.flatMap(([about, template]) => [
      [about, template, view] as const,
      [
        `${about}, of plain texts`,
        template,
        { ...view, tags: ['a', 'b'], lists: [['d', 'e'], ['f']] },
      ] as const,
    ]),
  )('%s: %s', (_, template, own) => {
    const rules = `{{#each dns}}${template}{{/each}}`;
    const runner = runnerOf(rules, ['dns'], AS_IS, partials, { identity: 'sid' });
    const shown = identities.filter(({ rev }) => rev !== '' || !template.includes('gt'));
    const source: PassSource = {
      size: 1,
      *texts({ prepare }) {
        const moving = { ...own, $: [] };
        let text: (() => string) | undefined;
        for (const identity of shown) {
          Object.assign(moving, identity);
          text ??= prepare(moving, 0);
          yield text();
        }
      },
    };
    const texts = [...runner.stream('rules.hbs', { dns: { length: 1 } }, new Map([['dns', source]]))];
    // Without identities all is rendered each time.
    expect(texts).toEqual(
      shown.map((identity) => render(rules, {}, { dns: [{ ...own, ...identity }] }, AS_IS, partials)),
    );
  });

  test('what a list shows beside it is written once', () => {
    const written: string[] = [];
    const language = {
      ...AS_IS,
      text: { about: '', escape: (text: string) => (written.push(text) > 0 ? text : '') },
    };
    const template = '{{#each tags}}{{this}} of {{../rev}}, {{/each}}';
    const runner = runnerOf(`{{#each dns}}${template}{{/each}}`, ['dns'], language, {}, { identity: 'sid' });
    const source: PassSource = {
      size: 1,
      *texts({ prepare }) {
        const moving = { tags: ['a', 'b'], rev: 0, $: [] };
        const text = prepare(moving, 0);
        for (moving.rev = 1; moving.rev < 4; moving.rev++) yield text();
      },
    };
    const texts = [...runner.stream('rules.hbs', { dns: { length: 1 } }, new Map([['dns', source]]))];
    expect(texts).toEqual([1, 2, 3].map((rev) => `a of ${rev}, b of ${rev}, `));
    expect(written.filter((text) => text === 'a' || text === 'b')).toEqual(['a', 'b']);
  });
});
