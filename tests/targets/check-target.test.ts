import { describe, expect, test } from 'vitest';
import { VOCABULARY } from '../../compiler/render/check-and-compile.ts';
import { enumerated } from '../../compiler/source/words.ts';
import { checkTarget } from '../../compiler/targets/check-target.ts';
import { findings, folderOf, targetYaml, told } from './folder.ts';

const RULES = '{{#each dns}}{{value}}{{/each}}';

function found(yaml: string, files: Record<string, string> = { 'rules.hbs': RULES }): string[] {
  return findings({ 'target.yaml': yaml, ...files });
}

test('a target that holds together', () => {
  const { target, diagnostics } = checkTarget(
    folderOf({ 'target.yaml': targetYaml(), 'rules.hbs': RULES, 'README.md': '' }),
    VOCABULARY,
  );
  expect(diagnostics).toEqual([]);
  expect([...(target?.templates.keys() ?? [])]).toEqual(['rules.hbs']);
  expect(target?.definition.outputs[0]?.passes[0]).toMatchObject({
    name: 'dns',
    subdomains: false,
    group: undefined,
  });
});

test.each([{ 'rules.hbs': RULES }, { 'target.yaml': '' }, { 'target.yaml': '# nothing\n' }])(
  'without a definition: %j',
  (files) => {
    expect(findings(files as never)).toEqual([
      'RF503: the target `test` has no target.yaml; add one; docs/targets-format.md tells the format',
    ]);
  },
);

const SID = 'options:\n  sid: {type: range, default: [1, 9], about: Sids.}\n';
const cases: [about: string, yaml: string, ...findings: string[]][] = [
  [
    'an unknown language, nearly known',
    targetYaml().replace('suricata', 'suricatta'),
    'RF503 target.yaml 4:9 "suricatta": there is no language `suricatta`; did you mean `suricata`?',
  ],
  [
    'an unknown language',
    targetYaml().replace('suricata', 'esperanto'),
    `RF503 target.yaml 4:9 "esperanto": there is no language \`esperanto\`; the languages are ${enumerated([...VOCABULARY.languages.keys()])}`,
  ],
  [
    'an unknown language of one output',
    targetYaml().replace('    template', '    syntax: jsn\n    template'),
    'RF503 target.yaml 7:13 "jsn": there is no language `jsn`; did you mean `json`?',
  ],
  [
    'sids without a range',
    targetYaml('identity: sid\n'),
    'RF503 target.yaml 5:11 "sid": a target with sids needs an option `sid` of type `range`; add `sid: {type: range, default: [1000000, 1999999], about: …}` to `options`',
  ],
  ['sids with a range', targetYaml(`identity: sid\n${SID}`)],
  ['UUIDs need none', targetYaml('identity: uuid\n')],
  [
    'a field that the kind does not have, nearly',
    targetYaml('', '{takes: {url: {where: {shceme: [http]}}}}'),
    'RF503 target.yaml 9:35 "shceme": `url` has no field `shceme`; did you mean `scheme`?',
  ],
  [
    'a field that the kind does not have',
    targetYaml('', '{takes: {domain: {where: {colour: [red]}}}}'),
    'RF503 target.yaml 9:38 "colour": `domain` has no field `colour`; its fields are `labels`, `underscore` and `subdomains`',
  ],
  [
    'how far a domain reaches, which is no field of its value',
    targetYaml('', '{takes: {domain: {where: {subdomains: [true]}}}}'),
  ],
  [
    'a split of what is not grouped by rating, by what other kinds do not have',
    targetYaml('', '{takes: [domain, ip], split: labels}'),
    'RF503 target.yaml 9:41 "labels": only groups by rating are split by what their members are; add `group: rating`, or take `split` out',
    'RF503 target.yaml 9:41 "labels": only domains have labels; give the other kinds a pass of their own',
  ],
  [
    'counting a pass that is not there, nearly',
    targetYaml('', '{takes: [domain], above: 5, counts: dnss}'),
    'RF503 target.yaml 9:48 "dnss": the target has no pass `dnss`; did you mean `dns`?',
  ],
  [
    'counting without a number',
    targetYaml('', '{takes: [domain], counts: dns}'),
    'RF503 target.yaml 9:38 "dns": the pass is used for any number of indicators; add `above` or `upto`',
  ],
  [
    'a loss that nothing brings about',
    targetYaml('', '{takes: [domain], beyond: it is lost}'),
    'RF503 target.yaml 9:38 "it is lost": there is no number beyond which the pass is not used; add `upto`, or take `beyond` out',
  ],
  [
    'that of another kind',
    targetYaml('', '{takes: {ja4: {where: {subdomains: [true]}}}}'),
    'RF503 target.yaml 9:35 "subdomains": `ja4` has no field `subdomains`; its fields are `transport`',
  ],
  [
    'tiers of a target that does not block',
    targetYaml('tiers: [block, watch]\n', '{takes: [domain], tier: block}'),
    'RF503 target.yaml 5:8 "[block, watch]": only blocking targets have tiers; take `tiers` out',
  ],
  ['a pass of all tiers', targetYaml('tiers: [block, watch]\n').replace('detect', 'block')],
  [
    'a group of all tiers',
    targetYaml('tiers: [block, watch]\n', '{takes: [ip], merge: true}').replace('detect', 'block'),
    'RF503 target.yaml 10:12 "{takes: [ip], merge: true}": the pass `dns` joins indicators of all tiers; give `tier` (`block` or `watch`), or the output `by: tier`',
  ],
  [
    'a file for each tier of a target without tiers',
    targetYaml().replace('    template', '    by: tier\n    template'),
    'RF503 target.yaml 7:9 "tier": the target has no tiers; list them in `tiers`, or take `by` out',
  ],
  [
    'files for each tier under one name',
    targetYaml('tiers: [block, watch]\n')
      .replace('detect', 'block')
      .replace('    template', '    by: tier\n    template'),
    'RF503 target.yaml 7:11 "rules.txt": all files of the output would have one name; put `{{tier}}` into it',
  ],
  [
    'a limit by an option that is no number',
    targetYaml().replace('    template', '    limit: {entries: most}\n    template'),
    'RF503 target.yaml 7:22 "most": the target has no option `most` of type `number`; name one of its options, or give a number',
  ],
  [
    'an approximation that is not told',
    targetYaml('', '{takes: [domain], approximation: wider}'),
    'RF503 target.yaml 9:45 "wider": it is not told what the pass can only say nearly; say it in `approximates`',
  ],
  [
    'parts under one name',
    targetYaml().replace('    template', '    parts: {entries: 5}\n    template'),
    'RF503 target.yaml 6:11 "rules.txt": all files of the output would have one name; put `{{part}}` into it',
  ],
  [
    'parts whose name is not known when they are named',
    targetYaml()
      .replace('rules.txt', '"{{part}}-{{value}}.txt"')
      .replace('    template', '    parts: {entries: 5}\n    template'),
    'RF503 target.yaml 6:12 "{{part}}-{{value}}.txt": no field `value` here; known here: all_reports, options, part, parts, publisher, target',
  ],
  [
    'parts of one file a rule',
    targetYaml()
      .replace('rules.txt', '"{{part}}-{{value}}.txt"')
      .replace('    template', '    each: dns\n    parts: {entries: 5}\n    template'),
    'RF503 target.yaml 7:11 "dns": `parts` and `serial` are for a file with all entries, not for one file a rule; take them out of the output',
  ],
  [
    'a reference without a group',
    targetYaml('identity: uuid\n', '{takes: [domain], refers: dns}'),
    'RF503 target.yaml 10:38 "dns": only a group has members; add `group`, or take `refers` out',
  ],
  [
    'a tier that the target does not have',
    targetYaml('', '{takes: [domain], tier: watch}').replace('detect', 'block'),
    'RF503 target.yaml 9:36 "watch": the target has no tier `watch`; list it in `tiers`',
  ],
  [
    'merging what is no address',
    targetYaml('', '{takes: [ip, domain], merge: true}'),
    'RF503 target.yaml 9:41 "true": only `ip` and `cidr` can be merged; give the other kinds a pass of their own',
  ],
  [
    'packing what is no group',
    targetYaml('', '{takes: [domain], pack: {count: 5}}'),
    'RF503 target.yaml 9:36 "{count: 5}": only groups can be packed; add `group: context` or `group: report`, or take `pack` out',
  ],
  [
    'lines that are told apart by what is no pattern',
    targetYaml('', `{takes: [domain], distinct: '['}`),
    `RF503 target.yaml 9:41 "[": this is not a regular expression; Invalid regular expression: /[/: Unterminated character class`,
  ],
  [
    'distinct lines where each rule has a file',
    targetYaml('', `{takes: [domain], distinct: '^.'}`).replace('    passes', '    each: dns\n    passes'),
    'RF503 target.yaml 8:11 "dns": `distinct` is for the lines of a list, not for one file a rule; take `distinct` out of the pass',
  ],
  [
    'a template that is not there, nearly',
    targetYaml().replace('rules.hbs', 'rule.hbs'),
    'RF503 target.yaml 7:15 "rule.hbs": there is no template `rule.hbs`; did you mean `rules.hbs`?',
  ],
  [
    'a template that is not there',
    targetYaml().replace('rules.hbs', 'nowhere.hbs'),
    'RF503 target.yaml 7:15 "nowhere.hbs": there is no template `nowhere.hbs`; the folder has `rules.hbs`',
  ],
  [
    'an `each` that names no pass',
    targetYaml().replace('    passes', '    each: tls\n    passes'),
    'RF503 target.yaml 8:11 "tls": the output has no pass `tls`; name one of its passes',
  ],
  [
    'an `each` with another pass beside',
    `${targetYaml().replace('    passes', '    each: dns\n    passes')}      tls: {takes: [domain]}\n`,
    'RF503 target.yaml 8:11 "dns": an output with one file a rule has one pass; give the other passes an output of their own',
  ],
  [
    'two passes of one name, which no id holds',
    `${targetYaml()}  - file: more.txt\n    template: rules.hbs\n    passes:\n      dns: {takes: [domain]}\n`,
  ],
  [
    'two passes of one name',
    `${targetYaml('identity: uuid\n')}  - file: more.txt\n    template: rules.hbs\n    passes:\n      dns: {takes: [domain]}\n`,
    'RF503 target.yaml 14:12 "{takes: [domain]}": two passes are called `dns`; rename one: a rule’s key holds the name of its pass',
  ],
  [
    'an option whose default it could not have',
    targetYaml('options:\n  name: {type: text, default: 5, about: A name.}\n'),
    'RF503 target.yaml 6:31 "5": `default` must be text; A name.',
  ],
  [
    'a default outside of its enum',
    targetYaml('options:\n  name: {type: text, default: c, enum: [a, b], about: A name.}\n'),
    'RF503 target.yaml 6:31 "c": `default` cannot be `c`; write `a` or `b`',
  ],
  [
    'a pattern that is none',
    targetYaml(`options:\n  name: {type: text, default: c, pattern: '[', about: A name.}\n`),
    `RF503 target.yaml 6:44 "[": this is not a regular expression; Invalid regular expression: /[/: Unterminated character class`,
  ],
];

test.each(cases)('%s', (_, yaml, ...expected) => {
  expect(found(yaml)).toEqual(expected);
});

/** How an output says what changed. */
const changes: [about: string, yaml: string, ...findings: string[]][] = [
  ['changes, line by line', targetYaml().replace('    template', '    delta: lines\n    template')],
  [
    'changes by a template that is not there',
    targetYaml().replace('    template', '    delta: {file: changes.txt, template: rule.hbs}\n    template'),
    'RF503 target.yaml 7:42 "rule.hbs": there is no template `rule.hbs`; did you mean `rules.hbs`?',
  ],
  [
    'changes under a bad path',
    targetYaml().replace(
      '    template',
      '    delta: {file: ../changes.txt, template: delta.hbs}\n    template',
    ),
    'RF504 target.yaml 7:19 "../changes.txt": `../changes.txt` is not a path that an output can have; use letters, digits, `.`, `_`, `-` and `/`',
  ],
  [
    'changes of the parts of a list, line by line, and of one with a serial',
    targetYaml()
      .replace('    template', '    parts: {entries: 5}\n    serial: true\n    delta: lines\n    template')
      .replace('rules.txt', '"{{part}}.txt"'),
  ],
  [
    'changes of the parts of a list by a template',
    targetYaml()
      .replace(
        '    template',
        '    parts: {entries: 5}\n    delta: {file: changes.txt, template: delta.hbs}\n    template',
      )
      .replace('rules.txt', '"{{part}}.txt"'),
    'RF503 target.yaml 8:12 "{file: changes.txt, template: delta.hbs}": `parts` and `serial` do not go with a template for changes; use `delta: lines`, or take `delta` out',
  ],
  [
    'changes of lines that stand once',
    targetYaml('', '{takes: [domain], distinct: "."}').replace(
      '    template',
      '    delta: {file: changes.txt, template: delta.hbs}\n    template',
    ),
    'RF503 target.yaml 7:12 "{file: changes.txt, template: delta.hbs}": `refers` and `distinct` do not go with a template for changes; use `delta: lines`, or take `delta` out',
  ],
  [
    'what came and what went',
    targetYaml().replace('    template', '    delta: {file: changes.txt, template: delta.hbs}\n    template'),
  ],
  [
    'changes of which half is forgotten',
    targetYaml().replace('    template', '    delta: {file: changes.txt, template: half.hbs}\n    template'),
    'RF511 half.hbs 1:1 "": the pass `removed_dns` is rendered nowhere; the template needs one top-level `{{#each removed_dns}}`',
  ],
];

test('changes of files of one rule each', () => {
  const yaml = targetYaml()
    .replace('    template', '    each: dns\n    delta: lines\n    template')
    .replace('rules.txt', "'{{slug value}}.txt'");
  expect(found(yaml, { 'rules.hbs': '{{value}}' })).toEqual([
    'RF503 target.yaml 8:12 "lines": `each` does not go with `delta`; take `delta` out: the files are loaded whole',
  ]);
});

test.each(changes)('%s', (_, yaml, ...expected) => {
  const files = {
    'rules.hbs': RULES,
    'delta.hbs': '{{#each removed_dns}}-{{value}}{{/each}}{{#each added_dns}}+{{value}}{{/each}}',
    ...(yaml.includes('half.hbs') && { 'half.hbs': '{{#each added_dns}}+{{value}}{{/each}}' }),
  };
  expect(found(yaml, files)).toEqual(expected);
});

describe('the path of an output', () => {
  test.each(['../rules.txt', '/rules.txt', 'a//b', 'a/../b', '.hidden', 'a b.txt', 'con.txt', 'ä.txt'])(
    '%s',
    (path) => {
      const yaml = targetYaml().replace('file: rules.txt', `file: "${path}"`);
      expect(found(yaml)).toEqual([
        `RF504 target.yaml 6:12 ${JSON.stringify(path)}: \`${path}\` is not a path that an output can have; use letters, digits, \`.\`, \`_\`, \`-\` and \`/\``,
      ]);
    },
  );

  const each = (path: string) =>
    targetYaml()
      .replace('file: rules.txt', `file: '${path}'`)
      .replace('    passes', '    each: dns\n    passes');

  test('with one file a rule it is a template on the rule’s fields', () => {
    const files = { 'rules.hbs': '{{value}}' };
    expect(found(each('{{slug value}}.txt'), files)).toEqual([]);
    expect(found(each('{{slug vlaue}}.txt'), files)).toEqual([
      `RF503 target.yaml 6:12 "{{slug vlaue}}.txt": no field \`vlaue\` here; did you mean \`value\`?`,
    ]);
    expect(found(each('{{slug value}.txt'), files)).toEqual([
      `RF503 target.yaml 6:12 "{{slug value}.txt": the template is not valid Handlebars; check that every \`{{#…}}\` has its \`{{/…}}\` and that a \`}\` of the text does not follow \`}}\` at once`,
    ]);
  });
});

test('a kind that there is not, and a key that there is not, are told with the file’s place', () => {
  const kind = found(targetYaml('', '{takes: [domian]}'));
  expect(kind).toHaveLength(1);
  expect(kind[0]).toMatch(/^RF\d+ target.yaml 9:21 "domian": .*domain/);
  const key = found(targetYaml('sintax: x\n'));
  expect(key).toHaveLength(1);
  expect(key[0]).toMatch(/^RF\d+ target.yaml 5:1 "sintax": .*syntax/);
});

test('the order of diagnostics is that of the passes, and nothing is told twice', () => {
  const yaml = targetYaml('tiers: [block]\n', '{takes: [domain], tier: block}');
  const two = `${yaml}      tls: {takes: [domain], tier: block}\n`;
  const { diagnostics } = checkTarget(
    folderOf({ 'target.yaml': two, 'rules.hbs': '{{#each dns}}{{/each}}{{#each tls}}{{/each}}' }),
    VOCABULARY,
  );
  expect(diagnostics.map(told)).toEqual([
    'RF503 target.yaml 5:8 "[block]": only blocking targets have tiers; take `tiers` out',
  ]);
});

describe('revisions by the rules of another pass', () => {
  const SAME = 'takes: [domain], group: report, pack: {count: 5}';
  const PLACE = 'RF503 target.yaml 14:';

  test.each([
    ['of an output before', `${SAME}, revision: dns`, []],
    [
      'that is not there',
      `${SAME}, revision: dsn`,
      [`${PLACE}75 "dsn": no output before has a pass \`dsn\` with ids; name another pass`],
    ],
    [
      'that does not come before',
      `${SAME}, revision: other`,
      [`${PLACE}75 "other": no output before has a pass \`other\` with ids; name another pass`],
    ],
    [
      'with other entries',
      'takes: [domain], group: report, revision: dns',
      [
        `${PLACE}57 "dns": the rules of \`dns\` are for others; give both the same \`takes\`, \`group\` and \`pack\``,
      ],
    ],
  ])('%s', (_, pass, told) => {
    const first = targetYaml('identity: uuid\n', `{${SAME}}`);
    const yaml = `${first}  - file: other.txt\n    template: other.hbs\n    passes:\n      other: {${pass}}\n`;
    const templates = { 'rules.hbs': '{{#each dns}}{{/each}}', 'other.hbs': '{{#each other}}{{/each}}' };
    expect(found(yaml, templates)).toEqual(told);
  });
});

test('members that refer to a pass without ids', () => {
  const yaml = targetYaml('identity: uuid\n', '{takes: [domain], group: context, refers: dsn}');
  expect(found(yaml, { 'rules.hbs': '{{#each dns}}{{count}}{{/each}}' })).toEqual([
    'RF503 target.yaml 10:54 "dsn": no indicator has an id in `dsn`; name a pass with ids whose entries are single indicators',
  ]);
});
