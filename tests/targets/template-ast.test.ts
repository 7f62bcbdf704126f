import { expect, test } from 'vitest';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { parseTemplate } from '../../compiler/targets/template-ast.ts';

const cases: [template: string, line: number, stretch: string, label: string][] = [
  ['a\n{{#if x}}b\n', 3, '', 'the template ends here, inside a block'],
  ['a\n{{#each x}}\n{{/if}}\n', 2, '{{#each x}}', '`{{#each}}` is closed by `{{/if}}`'],
  ['a\nb {{x} c\n', 2, 'b {{x} c', 'this is not closed, or has a character that cannot stand here'],
  ['{{else}}', 1, '{{else}}', '`{{else}}` stands in no block'],
  ['a\n\n{{/if}}', 3, '{{/if}}', 'this block was not opened'],
  ['{{}}', 1, '{{}}', 'something is missing before `}}`'],
  ['{{#if x}}{{/if}}}}', 1, '{{#if x}}{{/if}}}}', '`}}}}` closes what `{{` opened'],
  ['{{x}}}', 1, '{{x}}}', '`}}}` closes what `{{` opened'],
];

test.each(cases)('%j', (template, line, stretch, label) => {
  const file = new SourceFile('rules.hbs', template);
  const result = parseTemplate(file);
  if (!('code' in result)) throw new Error('it was parsed');
  const { code, message, span } = result;
  expect([code, message, result.label]).toEqual(['RF510', 'the template is not valid Handlebars', label]);
  expect(file.position(span?.start ?? -1)).toEqual({ line, column: 1 });
  expect(file.text.slice(span?.start, span?.end)).toBe(stretch);
});
