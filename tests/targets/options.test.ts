import { expect, test } from 'vitest';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { VOCABULARY } from '../../compiler/render/check-and-compile.ts';
import { checkTarget } from '../../compiler/targets/check-target.ts';
import { chooseOptions } from '../../compiler/targets/options.ts';
import type { Target } from '../../compiler/targets/target.ts';
import { folderOf, targetYaml } from './folder.ts';

const OPTIONS = `options:
  name: {type: text, default: refang, pattern: '[a-z]+', about: Name of the table.}
  version: {type: text, default: "7.0", enum: ["7.0", "8.0"], about: Version.}
  weight: {type: number, default: 5, about: Weight of a rule.}
  strict: {type: flag, default: false, about: Whether it is strict.}
  sid: {type: range, default: [1, 9], about: First and last sid.}
`;

function targetWith(options: string): Target {
  const files = { 'target.yaml': targetYaml(options), 'rules.hbs': '{{#each dns}}{{/each}}' };
  const { target, diagnostics } = checkTarget(folderOf(files, 'suricata'), VOCABULARY);
  expect(diagnostics).toEqual([]);
  return target as Target;
}

const file = new SourceFile('refang.yaml', 'name: x');
const key = { file, start: 0, end: 4 };
const span = { file, start: 6, end: 7 };
const chosen = (given: object, options = OPTIONS) =>
  chooseOptions(
    targetWith(options),
    new Map(Object.entries(given).map(([name, value]) => [name, { value, span, key }])),
  );
const DEFAULTS = { name: 'refang', version: '7.0', weight: 5, strict: false, sid: [1, 9] };

test('defaults, and what is given over them', () => {
  expect(chosen({})).toEqual({ options: DEFAULTS, diagnostics: [] });
  const given = { name: 'x', version: '8.0', weight: 0.5, strict: true, sid: [7, 7] };
  expect(chosen(given)).toEqual({ options: given, diagnostics: [] });
});

const RANGE = '`sid` must be a list of two whole numbers, first and last, from 1 to 4294967294';
const wrong: [name: string, value: unknown, message: string, help: string][] = [
  ['nmae', 'x', 'the target `suricata` has no option `nmae`', 'did you mean `name`?'],
  [
    'colour',
    'x',
    'the target `suricata` has no option `colour`',
    'its options are `name`, `version`, `weight`, `strict` and `sid`',
  ],
  [
    'toString',
    'x',
    'the target `suricata` has no option `toString`',
    'its options are `name`, `version`, `weight`, `strict` and `sid`',
  ],
  ['name', 5, '`name` must be text', 'Name of the table.'],
  ['name', 'x y', '`name` cannot be `x y`', 'it must match `[a-z]+`: Name of the table.'],
  ['name', 'xY', '`name` cannot be `xY`', 'it must match `[a-z]+`: Name of the table.'],
  ['version', '9.0', '`version` cannot be `9.0`', 'write `7.0` or `8.0`'],
  ['version', 7, '`version` must be text', 'Version.'],
  ['weight', '5', '`weight` must be a number', 'Weight of a rule.'],
  ['strict', 'yes', '`strict` must be `true` or `false`', 'Whether it is strict.'],
  ['sid', 5, RANGE, 'First and last sid.'],
  ['sid', [5], RANGE, 'First and last sid.'],
  ['sid', [5, 4], RANGE, 'First and last sid.'],
  ['sid', [0, 4], RANGE, 'First and last sid.'],
  ['sid', [1, 2, 3], RANGE, 'First and last sid.'],
  ['sid', [1.5, 4], RANGE, 'First and last sid.'],
  ['sid', [1, 4_294_967_295], RANGE, 'First and last sid.'],
  ['sid', ['1', '4'], RANGE, 'First and last sid.'],
];

test.each(wrong)('%s: %j', (name, value, message, help) => {
  const { options, diagnostics } = chosen({ [name]: value });
  expect(options).toEqual(DEFAULTS);
  const at = message.includes('no option') ? key : span;
  expect(diagnostics).toEqual([{ code: 'RF502', severity: 'error', span: at, message, help }]);
});

test('a target without options', () => {
  expect(chosen({ name: 'x' }, '').diagnostics[0]?.help).toBe('it has no options');
});
