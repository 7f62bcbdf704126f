import { expect, test } from 'vitest';
import { findings, targetYaml } from './folder.ts';

const LISTS = 'docs/templates.md lists the helpers';
const PARTIALS = 'partials are the `.hbs` files of the folder that no output names as its template';
const TOP = 'take it out of the block around it; `{{#if pass}}` may stand around `{{#each pass}}`';
const VARIABLES = 'there are `@index`, `@first` and `@last`, inside `{{#each}}`';
const BLOCKS = 'use `{{#each list}}`, `{{#if …}}` or `{{#unless …}}`';
const FIXED = 'write `{{> name}}`; a partial sees all names of the place where it stands';
const NO_PARTIAL_BLOCKS =
  'templates have no decorators, inline partials or blocks of partials; use `{{> name}}` with another file of the folder';

/** What is found in a template, with a partial `tail` beside it. */
function found(template: string, more: Record<string, string> = {}, yaml = targetYaml()): string[] {
  return findings({ 'target.yaml': yaml, 'rules.hbs': template, 'tail.hbs': '{{value}}', ...more });
}

/** Inside the pass; the text stands at 2:1. */
const inPass = (text: string) => found(`{{#each dns}}\n${text}\n{{/each}}\n`);

const right = [
  '{{value}}',
  '{{this.value}}{{./value}}',
  '{{publisher.prefix}} {{options.nothing}}'.replace(' {{options.nothing}}', ''),
  '{{upper (lower value)}}',
  '{{content (concat "." value)}}',
  '{{reports.length}}',
  '{{#each reports}}{{id}}{{../value}}{{@index}}{{#unless @last}},{{/unless}}{{/each}}',
  '{{#each tags}}{{this}}{{else}}none{{/each}}',
  '{{#each actors}}{{#each aliases}}{{this}}{{../name}}{{../../value}}{{/each}}{{/each}}',
  '{{#if (eq status "historical")}}a{{else if (gt confidence 50)}}b{{else}}c{{/if}}',
  '{{#unless note}}{{labels}}{{/unless}}{{^if note}}x{{/if}}',
  '{{> tail}}',
  '{{#unless @first}},{{/unless}}{{@index}}',
  '{{! a comment }}{{!-- another --}}text',
];

test.each(right)('%s is right', (text) => {
  expect(inPass(text)).toEqual([]);
});

const wrong: [text: string, ...findings: string[]][] = [
  ['{{vlaue}}', '2:3 "vlaue": no field `vlaue` here; did you mean `value`?'],
  ['{{publisher.nam}}', '2:3 "publisher.nam": no field `nam` here; did you mean `name`?'],
  [
    '{{publisher.zzzzzz}}',
    '2:3 "publisher.zzzzzz": no field `zzzzzz` here; known here: id, name, namespace, prefix',
  ],
  ['{{value.host}}', '2:3 "value.host": `value` is a value and has no fields; write `value`'],
  [
    '{{reports.id}}',
    '2:3 "reports.id": `reports` is a list and has no field `id`; go through it with `{{#each reports}}`',
  ],
  ['{{sid}}', expect.stringMatching(/^2:3 "sid": no field `sid` here; known here: actors, /)] as never,
  ['{{constructor}}', expect.stringMatching(/^2:3 "constructor": no field `constructor` here/)] as never,
  ['{{tags}}', '2:1 "{{tags}}": `tags` is a list, not a value; go through it with `{{#each tags}}`'],
  [
    '{{publisher}}',
    '2:1 "{{publisher}}": `publisher` is a thing with fields, not a value; name one of its fields: id, name, namespace, prefix',
  ],
  ['{{uper value}}', '2:3 "uper": no helper `uper`; did you mean `upper`?'],
  ['{{frobnicate value}}', `2:3 "frobnicate": no helper \`frobnicate\`; ${LISTS}`],
  [
    '{{upper (frobnicate vlaue)}}',
    '2:21 "vlaue": no field `vlaue` here; did you mean `value`?',
    `2:10 "frobnicate": no helper \`frobnicate\`; ${LISTS}`,
  ],
  ['{{upper}}', `2:3 "upper": \`upper\` takes 1 argument, here are none; ${LISTS}`],
  ['{{upper value value}}', `2:3 "upper": \`upper\` takes 1 argument, here are 2; ${LISTS}`],
  ['{{truncate value}}', `2:3 "truncate": \`truncate\` takes 2 arguments, here is 1; ${LISTS}`],
  ['{{and value}}', `2:3 "and": \`and\` takes at least 2 arguments, here is 1; ${LISTS}`],
  ['{{concat}}', `2:3 "concat": \`concat\` takes at least 1 argument, here are none; ${LISTS}`],
  ['{{upper value to="x"}}', `2:3 "upper": \`upper\` takes no named arguments; ${LISTS}`],
  ['{{content value "x"}}', `2:3 "content": \`content\` takes 1 argument, here are 2; ${LISTS}`],
  ['{{../value}}', '2:3 "../value": `../value` leads out of the template; use fewer `../`'],
  [
    '{{#each tags}}{{../../value}}{{/each}}',
    '2:17 "../../value": `../../value` leads out of the template; use fewer `../`',
  ],
  ['{{#each tags}}{{value}}{{/each}}', '2:17 "value": no field `value` here; known here: `this`'],
  ['{{#each reports}}{{idd}}{{/each}}', '2:20 "idd": no field `idd` here; did you mean `id`?'],
  ['{{#if note}}{{else}}{{noet}}{{/if}}', '2:23 "noet": no field `noet` here; did you mean `note`?'],
  [
    '{{#each value}}{{/each}}',
    '2:9 "value": `{{#each}}` needs a list; see docs/templates.md for what is a list here',
  ],
  ['{{^each tags}}x{{/each}}', '2:4 "each": `{{^each}}` renders no entries; use `{{#unless list}}`'],
  ['{{#with value}}{{/with}}', `2:4 "with": \`{{#with}}\` is not a block that templates have; ${BLOCKS}`],
  ['{{#value}}{{/value}}', `2:4 "value": \`{{#value}}\` is not a block that templates have; ${BLOCKS}`],
  ['{{#if value note}}{{/if}}', `2:4 "if": \`{{#if}}\` is not a block that templates have; ${BLOCKS}`],
  ['{{@key}}', `2:3 "@key": no variable \`@key\` here; ${VARIABLES}`],
  ['{{@root.value}}', `2:3 "@root.value": no variable \`@root.value\` here; ${VARIABLES}`],
  ['{{> tial}}', '2:1 "{{> tial}}": no partial `tial`; did you mean `tail`?'],
  ['{{> nothing}}', `2:1 "{{> nothing}}": no partial \`nothing\`; ${PARTIALS}`],
  ['{{> rules}}', `2:1 "{{> rules}}": no partial \`rules\`; ${PARTIALS}`],
  ['{{> tail note}}', `2:1 "{{> tail note}}": a partial has a fixed name and no arguments; ${FIXED}`],
  ['{{> tail value=1}}', `2:1 "{{> tail value=1}}": a partial has a fixed name and no arguments; ${FIXED}`],
  [
    '{{> (lookup . "x")}}',
    `2:1 "{{> (lookup . \\"x\\")}}": a partial has a fixed name and no arguments; ${FIXED}`,
  ],
  ['{{#> tail}}x{{/tail}}', `2:1 "{{#> tail}}x{{/tail}}": ${NO_PARTIAL_BLOCKS}`],
  ['{{* tail}}', `2:1 "{{* tail}}": ${NO_PARTIAL_BLOCKS}`],
  ['{{#*inline "x"}}{{/inline}}', `2:1 "{{#*inline \\"x\\"}}{{/inline}}": ${NO_PARTIAL_BLOCKS}`],
];

test.each(wrong)('%s', (text, ...expected) => {
  expect(inPass(text).map((line) => line.replace('RF511 rules.hbs ', ''))).toEqual(expected);
});

test.each(['{{{value}}}', '{{&value}}'])('%s is a warning of its own', (text) => {
  expect(inPass(text)).toEqual([
    `RF512 rules.hbs 2:1 "${text}": \`{{{…}}}\` writes a value unescaped; write \`{{…}}\`, or a helper of the place`,
  ]);
});

test('identity and the fields of a kind are known where they are', () => {
  const sids = 'identity: sid\noptions:\n  sid: {type: range, default: [1, 9], about: Sids.}\n';
  const text = '{{#each dns}}{{sid}}{{rev}}{{created}}{{options.sid}}{{scheme}}{{/each}}';
  expect(found(text, {}, targetYaml(sids, '{takes: [url]}'))).toEqual([]);
  expect(found(text, {}, targetYaml(sids))).toEqual([
    expect.stringMatching(/^RF511 rules.hbs 1:56 "scheme": no field `scheme` here; /),
  ]);
  // A rule has one identifier.
  const other = (field: string) => found(`{{#each dns}}{{${field}}}{{/each}}`, {}, targetYaml(sids));
  expect(other('id')[0]).toMatch(/no field `id` here/);
  expect(other('short')[0]).toMatch(/no field `short` here/);
});

const passes: [about: string, text: string, ...findings: string[]][] = [
  ['once', '{{#each dns}}{{/each}}'],
  ['inside a condition on it', '{{#if dns}}a{{#each dns}}{{/each}}{{/if}}'],
  ['inside the else of its opposite', '{{#unless dns}}none{{else}}{{#each dns}}{{/each}}{{/unless}}'],
  ['with an else', '{{#each dns}}{{else}}none{{/each}}'],
  ['its length', '{{dns.length}} rules\n{{#each dns}}{{/each}}'],
  [
    'nowhere',
    'text',
    'rules.hbs 1:1 "": the pass `dns` is rendered nowhere; the template needs one top-level `{{#each dns}}`',
  ],
  [
    'only asked for',
    '{{#if dns}}some{{/if}}',
    'rules.hbs 1:1 "": the pass `dns` is rendered nowhere; the template needs one top-level `{{#each dns}}`',
  ],
  [
    'twice',
    '{{#each dns}}{{/each}}\n{{#each dns}}{{/each}}',
    'rules.hbs 1:1 "": the pass `dns` is rendered 2 times; the template needs one top-level `{{#each dns}}`',
  ],
  [
    'inside another condition',
    '{{#if publisher.name}}{{#each dns}}{{/each}}{{/if}}',
    `rules.hbs 1:31 "dns": the entries of a pass can only be used at the top of the template; ${TOP}`,
  ],
  [
    'inside a loop',
    '{{#each all_reports}}\n  {{#each ../dns}}{{/each}}{{/each}}',
    `rules.hbs 2:11 "../dns": the entries of a pass can only be used at the top of the template; ${TOP}`,
  ],
  [
    'as a value',
    '{{dns}}{{#each dns}}{{/each}}',
    'rules.hbs 1:1 "{{dns}}": `dns` is a list, not a value; go through it with `{{#each dns}}`',
  ],
  [
    'names of an entry outside of it',
    '{{#each dns}}{{else}}{{target}}{{/each}}\n{{value}}{{@index}}',
    'rules.hbs 2:3 "value": no field `value` here; known here: all_reports, dns, options, publisher, target',
    `rules.hbs 2:12 "@index": no variable \`@index\` here; ${VARIABLES}`,
  ],
];

test.each(passes)('a pass: %s', (_, text, ...expected) => {
  expect(found(text)).toEqual(expected.map((line) => `RF511 ${line}`));
});

test('a pass cannot be rendered by a partial', () => {
  expect(found('{{> tail}}', { 'tail.hbs': '{{#each dns}}{{/each}}' })).toEqual([
    `RF511 tail.hbs 1:9 "dns": the entries of a pass can only be used at the top of the template; ${TOP}`,
  ]);
});

test('partials: found where they are, once, and never in a circle', () => {
  const files = { 'a.hbs': 'x\n{{> b}}', 'b.hbs': '{{> a}}\n{{vlaue}}' };
  expect(found('{{#each dns}}{{> a}}{{> a}}{{> b}}{{/each}}', files)).toEqual([
    'RF511 b.hbs 1:1 "{{> a}}": the partial `a` includes itself; take the inclusion out',
    'RF511 b.hbs 2:3 "vlaue": no field `vlaue` here; did you mean `value`?',
    'RF511 a.hbs 2:1 "{{> b}}": the partial `b` includes itself; take the inclusion out',
  ]);
});

test('a partial sees the names of the place where it stands', () => {
  const files = { 'tail.hbs': '{{name}}{{../value}}' };
  expect(found('{{#each dns}}{{#each actors}}{{> tail}}{{/each}}{{/each}}', files)).toEqual([]);
  expect(found('{{#each dns}}{{> tail}}{{/each}}', files)).toEqual([
    expect.stringMatching(/^RF511 tail.hbs 1:3 "name": no field `name` here; /),
    'RF511 tail.hbs 1:11 "../value": `../value` leads out of the template; use fewer `../`',
  ]);
});

test('a backslash before a mustache', () => {
  expect(inPass('a\\{{value}}')).toEqual([
    'RF511 rules.hbs 2:2 "\\\\{{": a backslash before `{{` turns the value into plain text; write two for one backslash before the value',
  ]);
  expect(inPass('\\\\{{value}} \\x{{value}} \\\\\\{{value}}')).toEqual([]);
});

test('a file that nothing uses is not looked at', () => {
  expect(found('{{#each dns}}{{/each}}', { 'spare.hbs': '{{#if' })).toEqual([]);
});
