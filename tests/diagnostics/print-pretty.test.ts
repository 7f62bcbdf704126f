import { expect, test } from 'vitest';
import type { Diagnostic, Span } from '../../compiler/diagnostics/diagnostic.ts';
import { type Colors, printPretty } from '../../compiler/diagnostics/print-pretty.ts';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';

/** The span of the first `part` in a file of that text. */
function span(text: string, part: string, path = 'indicators.yaml'): Span {
  const file = new SourceFile(path, text);
  const start = file.text.indexOf(part);
  expect(start).toBeGreaterThanOrEqual(0);
  return { file, start, end: start + part.length };
}

function diagnostic(over: Partial<Diagnostic>): Diagnostic {
  return { code: 'RF201', severity: 'error', message: 'a message', why: 'a reason', help: 'a mend', ...over };
}

const cases: [name: string, diagnostic: Diagnostic, printed: string][] = [
  [
    'a message with its place, label, why and help',
    diagnostic({
      span: span('refang: 1\nindicators:\n  - domian: 1ds[.]me\n', 'domian'),
      message: '`domian` is not a key of a record',
      label: 'did you mean `domain`?',
    }),
    `error[RF201]: \`domian\` is not a key of a record
 --> indicators.yaml:3:5
  |
3 |   - domian: 1ds[.]me
  |     ^^^^^^ did you mean \`domain\`?
  |
  = why: a reason
  = help: a mend
`,
  ],
  [
    'a related place as a further snippet, both gutters as wide as the larger number',
    diagnostic({
      severity: 'warning',
      code: 'RF350',
      span: { ...span(`a.example\n${'\n'.repeat(10)}b.example\n`, 'b.example') },
      message: '`a.example` is listed twice',
      label: 'again here',
      related: [{ span: span('a.example\n', 'a.example', 'first.yaml'), message: 'first defined here' }],
    }),
    `warning[RF350]: \`a.example\` is listed twice
  --> indicators.yaml:12:1
   |
12 | b.example
   | ^^^^^^^^^ again here
   |
  ::: first.yaml:1:1
   |
 1 | a.example
   | --------- first defined here
   |
   = why: a reason
   = help: a mend
`,
  ],
  [
    'without a place, and with the texts of the code',
    { code: 'RF122', severity: 'error', message: '`feeds.yaml` does not exist' },
    `error[RF122]: \`feeds.yaml\` does not exist
  = why: a build without one of its inputs would leave indicators out without a word
  = help: check the spelling of the path
`,
  ],
  [
    'a tab as four blanks',
    diagnostic({ span: span('a:\tb\tc', 'c') }),
    `error[RF201]: a message
 --> indicators.yaml:1:6
  |
1 | a:    b    c
  |            ^
  |
  = why: a reason
  = help: a mend
`,
  ],
  [
    'wide characters as two columns, combining ones as none',
    diagnostic({ span: span('名前😀e\u0301: bad', 'bad') }),
    `error[RF201]: a message
 --> indicators.yaml:1:8
  |
1 | 名前😀e\u0301: bad
  |          ^^^
  |
  = why: a reason
  = help: a mend
`,
  ],
  [
    'a span over several lines by its first',
    diagnostic({ span: span('a:\n  b: 1\n  c: 2\n', 'b: 1\n  c: 2') }),
    `error[RF201]: a message
 --> indicators.yaml:2:3
  |
2 |   b: 1
  |   ^^^^
  |
  = why: a reason
  = help: a mend
`,
  ],
  [
    'an empty span at the end of a line',
    diagnostic({ span: { file: new SourceFile('a.yaml', 'a:\n'), start: 2, end: 2 } }),
    `error[RF201]: a message
 --> a.yaml:1:3
  |
1 | a:
  |   ^
  |
  = why: a reason
  = help: a mend
`,
  ],
  [
    'control and bidi characters made visible, in the line, the message, the label and the path',
    diagnostic({
      span: span('a: \u202Egpj\u001B[31m.exe', 'gpj', 'in\u0007.yaml'),
      message: 'found \u202E',
      label: 'a \u001B',
    }),
    `error[RF201]: found <U+202E>
 --> in<U+0007>.yaml:1:5
  |
1 | a: <U+202E>gpj<U+001B>[31m.exe
  |            ^^^ a <U+001B>
  |
  = why: a reason
  = help: a mend
`,
  ],
  [
    'help of several lines',
    diagnostic({ span: span('a', 'a'), help: 'write\n  domain: |' }),
    `error[RF201]: a message
 --> indicators.yaml:1:1
  |
1 | a
  | ^
  |
  = why: a reason
  = help: write
            domain: |
`,
  ],
];

test.each(cases)('prints %s', (_name, one, printed) => {
  expect(printPretty([one])).toBe(printed);
});

test('cuts a long line around the span', () => {
  const text = `${'a'.repeat(500)} WRONG ${'b'.repeat(500)}`;
  const lines = printPretty([diagnostic({ span: span(text, 'WRONG') })]).split('\n');
  expect(lines[3]).toBe(`1 | …${'a'.repeat(29)} WRONG ${'b'.repeat(83)}…`);
  expect(lines[4]).toBe(`  | ${' '.repeat(31)}^^^^^`);
});

test('cuts a span that is longer than the line may be', () => {
  const lines = printPretty([diagnostic({ span: span('x'.repeat(1000), 'x'.repeat(1000)) })]).split('\n');
  expect(lines[3]).toBe(`1 | ${'x'.repeat(119)}…`);
  expect(lines[4]).toBe(`  | ${'^'.repeat(119)}`);
});

test('puts a blank line between diagnostics', () => {
  const one: Diagnostic = { code: 'RF122', severity: 'hint', message: 'm', why: 'w', help: 'h' };
  const printed = 'hint[RF122]: m\n  = why: w\n  = help: h\n';
  expect(printPretty([one, one])).toBe(`${printed}\n${printed}`);
});

test('colours by the functions given', () => {
  const wrap = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
  const colors: Colors = {
    bold: wrap('b'),
    red: wrap('red'),
    yellow: wrap('yellow'),
    blue: wrap('blue'),
    cyan: wrap('cyan'),
  };
  const lines = printPretty([diagnostic({ span: span('a: b', 'b'), label: 'here' })], colors).split('\n');
  expect(lines[0]).toBe('<b><red>error[RF201]</red>: a message</b>');
  expect(lines[3]).toBe('<blue>1 |</blue> a: b');
  expect(lines[4]).toBe('<blue>  |</blue>    <red>^ here</red>');
  expect(lines[6]).toBe('  <cyan>= why:</cyan> a reason');
});
