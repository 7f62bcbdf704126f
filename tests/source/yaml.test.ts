import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printPretty } from '../../compiler/diagnostics/print-pretty.ts';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { readSettings } from '../../compiler/source/settings.ts';
import { parseYaml } from '../../compiler/source/yaml.ts';
import type { Node } from '../../compiler/source/yaml-tree.ts';
import { placed, pointedAt, readFiles, readRecords } from './help.ts';

describe('the traps of YAML', () => {
  const cases: [name: string, records: string, told: string[]][] = [
    ['brackets in a flow list', '  - domain: [a[.]example, b.example]\n', ['RF102 4:14-4:25 a[.]example']],
    [
      'brackets in two flow lists',
      '  - domain: [a[.]example]\n    ip: [192.0.2[.]1]\n',
      ['RF102 4:14-4:25 a[.]example', 'RF102 5:10-5:21 192.0.2[.]1'],
    ],
    [
      'brackets in a flow list over several lines',
      '  - domain: [\n      a.example,\n      b[.]example,\n      ]\n',
      ['RF102 6:7-6:18 b[.]example'],
    ],
    [
      'a defanged scheme in a flow list',
      '  - url: [hxxp[:]//a.example/x, hxxps[://]b.example]\n',
      ['RF102 4:11-4:31 hxxp[:]//a.example/x', 'RF102 4:33-4:52 hxxps[://]b.example'],
    ],
    ['a leading bracket', '  - domain:\n      - [.]a[.]example\n', ['RF103 5:9-5:23 [.]a[.]example']],
    [
      'a leading bracket in a scalar',
      '  - url: [hxxp]://a.example/ # x\n',
      ['RF103 4:10-4:29 [hxxp]://a.example/'],
    ],
    ['a list in a list', '  - domain:\n      - [a.example]\n', ['RF103 5:9-5:20 [a.example]']],
    ['a leading star', '  - domain:\n      - *.a.example\n', ['RF104 5:9-5:20 *.a.example']],
    ['a leading star, defanged', '  - domain: *.a[.]example # x\n', ['RF104 4:13-4:26 *.a[.]example']],
    ['a leading percent sign', '  - file_path: %TEMP%\\a.exe\n', ['RF105 4:16-4:28 %TEMP%\\a.exe']],
    ['a leading at sign', '  - email:\n      - @mail.example\n', ['RF105 5:9-5:22 @mail.example']],
    ['a leading backquote', '  - mutex: `abc`\n', ['RF105 4:12-4:17 `abc`']],
    ['a leading bar', '  - mutex: |abc\n', ['RF105 4:12-4:16 |abc']],
    ['a leading brace', '  - mutex: {8F6F0AC4-B9A1}\n', ['RF105 4:12-4:27 {8F6F0AC4-B9A1}']],
    ['a leading brace with text behind', '  - mutex: {8F6F0AC4}-x\n', ['RF105 4:12-4:24 {8F6F0AC4}-x']],
    ['an address read as a map', '  - ip:\n      - 2001:db8::\n', ['RF106 5:9-5:19 2001:db8::']],
    ['an address read as a map, in a scalar', '  - ip: 2001:db8:: # x\n', ['RF106 4:9-4:19 2001:db8::']],
    [
      'a URL read as a map',
      '  - url:\n      - hxxp[:]//a[.]example: x\n',
      ['RF106 5:9-5:32 hxxp[:]//a[.]example: x'],
    ],
    [
      'a remark read as a value',
      '  - ip:\n      - 192.0.2.1: c2 # x\n      - 192.0.2.2\n',
      ['RF106 5:9-5:22 192.0.2.1: c2'],
    ],
    ['a colon in a user agent', '  - user_agent: Bot (like: x)\n', ['RF106 4:17-4:30 Bot (like: x)']],
    ['a pair in a flow list', '  - ip: [192.0.2.1: c2]\n', ['RF106 4:10-4:23 192.0.2.1: c2']],
    ['a tab as indentation', '  - domain: a.example\n\tnote: x\n', ['RF107 5:1-5:2 \t']],
    ['no space after the colon', '  - domain: a.example\n    note:x\n', ['RF108 5:5-5:11 note:x']],
    [
      'no space after the first colon',
      '  - domain:a.example\n    note: x\n',
      ['RF108 4:5-4:21 domain:a.example'],
    ],
    ['no space after the only colon', '  - domain:a.example\n', ['RF108 4:5-4:21 domain:a.example']],
    ['folded lines', '  - domain: >\n      a.example\n      b.example\n', ['RF112 5:7-5:16 a.example']],
    [
      'a plain value over two lines',
      '  - domain: a.example\n      b.example\n',
      ['RF112 4:13-4:22 a.example'],
    ],
    [
      'a quoted value over two lines',
      "  - domain: 'a.example\n      b.example'\n",
      ['RF112 4:14-4:23 a.example'],
    ],
    ['an escape nobody knows', '  - registry_key: "HKCU\\Software\\Example"\n', ['RF113 4:24-4:26 \\S']],
    ['an escape nobody means', '  - file_path: "C:\\temp\\new"\n', ['RF113 4:19-4:21 \\t']],
  ];
  test.each(cases)('%s', async (_name, records, told) => {
    const { diagnostics } = await readRecords(records);
    expect(diagnostics.map((one) => `${placed(one)} ${pointedAt(one)}`)).toEqual(told);
  });

  test('a trap does not hide what comes after it', async () => {
    const { diagnostics } = await readRecords(
      '  - domain: *.a.example b\n  - ip: 2001:db8::\n  - domain: [b[.]example]\n    tlp: white\n  - domian: x.example\n',
    );
    expect(diagnostics.map(placed)).toEqual([
      'RF104 4:13-4:26',
      'RF106 5:9-5:19',
      'RF102 6:14-6:25',
      'RF204 7:10-7:15',
      'RF201 8:5-8:11',
    ]);
  });

  test('the help shows the mend, and the mend is read', async () => {
    expect((await readRecords('  - ip:\n      - 2001:db8::\n')).diagnostics[0]?.help).toBe(
      "put it in quotes: `'2001:db8::'`, or in a block after `|`",
    );
    expect((await readRecords("  - ip:\n      - '2001:db8::'\n")).collection?.indicators.values).toEqual([
      '2001:db8::',
    ]);
    expect((await readRecords('  - domain: a.example\n    note:x\n')).diagnostics[0]?.help).toBe(
      'write `note: x`',
    );
  });

  test('types are never resolved: an all-digit hash is text', async () => {
    const digits = '12345678901234567890123456789012';
    const exponent = '1234567890e234567890123456789012';
    const { collection } = await readRecords(
      `  - hash: ${digits}\n  - hash: [${exponent}]\n  - mutex: ['1.10', 0x1F, true]\n`,
    );
    expect(collection?.indicators.values).toEqual([digits, exponent, '1.10', '0x1F', 'true']);
  });
});

describe('what is refused', () => {
  const cases: [name: string, text: string, told: string[]][] = [
    ['doubled keys', 'a: 1\nb: 2\na: 3\n', ['RF109 3:1-3:2']],
    ['an anchor and its alias', 'a: &x 1\nb: *x\n', ['RF110 1:4-1:6', 'RF110 2:4-2:6']],
    ['a tag', 'a: !!str 1\n', ['RF110 1:4-1:9']],
    ['a merge key', 'a: {<<: b}\n', ['RF110 1:5-1:7']],
    ['a second document', '# x\na: 1\n---\nb: 2\n', ['RF111 3:1-3:4']],
    ['a list as a key', '? [a, b]\n: c\n', ['RF114 1:3-1:9']],
    ['a control character', 'a: x\u0000y\n', ['RF121 1:5-1:6']],
    ['half a surrogate pair', 'a: x\uD83D\n', ['RF121 1:5-1:6']],
    ['an open quote', 'a: "b\nc: d\n', ['RF101 2:1-2:3']],
    ['an open list', 'a: [b,\n  c\n', ['RF101 3:1-3:1']],
    ['bad indentation', 'a:\n  b: 1\n c: 2\n', ['RF101 3:2-3:4']],
  ];
  test.each(cases)('%s', (_name, text, told) => {
    const { diagnostics } = parseYaml(new SourceFile('a.yaml', text));
    expect(diagnostics.map(placed)).toEqual(told);
  });

  test('doubled keys are told with both places', () => {
    const [one] = parseYaml(new SourceFile('a.yaml', 'a: 1\na: 2\n')).diagnostics;
    expect(one?.related?.[0]?.span).toMatchObject({ start: 0, end: 1 });
  });

  test('deep nesting is an error, not a crash', () => {
    const { root, diagnostics } = parseYaml(new SourceFile('a.yaml', '['.repeat(5000)));
    expect(root).toBeUndefined();
    expect(diagnostics.map((one) => one.code)).toEqual(['RF101']);
  });
});

test('an empty item behind a key without a value stands at its dash', () => {
  const { root } = parseYaml(new SourceFile('a.yaml', '- a:\n- # x\n'));
  expect(root).toMatchObject({ items: [{}, { start: 5, end: 6 }] });
});

test('an alias that is written after its anchor was refused is no trap', () => {
  const { diagnostics } = parseYaml(new SourceFile('a.yaml', 'a: &b 1\nc: *d\n'));
  expect(diagnostics.map((one) => one.code)).toEqual(['RF110', 'RF104']);
});

describe('the places of nodes', () => {
  /** Every scalar with what stands in the file where it says it is. */
  function scalars(text: string): [string, string][] {
    const file = new SourceFile('a.yaml', text);
    const found: [string, string][] = [];
    const walk = (node: Node): void => {
      if (node.type === 'scalar') found.push([node.text, file.text.slice(node.start, node.end)]);
      else if (node.type === 'seq') node.items.forEach(walk);
      else for (const { key, value } of node.entries) [key, value].forEach(walk);
    };
    const { root } = parseYaml(file);
    if (root) walk(root);
    return found;
  }

  test.each([
    ['CRLF', 'a: b\r\nc:\r\n  - d\r\n'],
    ['a byte order mark', '\uFEFFa: b\nc: [d]\n'],
    ['wide characters before', 'a: b # 😀 é\nc: {d: 名前}\n'],
    ['comments and blank lines', '# a\n\na: b # c\n# d\n- e\n'],
  ])('%s', (_name, text) => {
    for (const [value, source] of scalars(text)) expect(source).toBe(value);
  });

  test('quotes are left out', () => {
    expect(scalars(`a: 'it''s'\nb: "x\\x41"\n`)).toEqual([
      ['a', 'a'],
      ["it's", "it''s"],
      ['b', 'b'],
      ['xA', 'x\\x41'],
    ]);
  });

  test('collections end with their last scalar or their bracket', () => {
    const text = 'a:\n  - b\n  - c # x\nd: {e: [f, "g" ], h: }\n';
    const file = new SourceFile('a.yaml', text);
    const { root } = parseYaml(file);
    const [a, d] =
      root?.type === 'map' ? root.entries.map(({ value }) => text.slice(value.start, value.end)) : [];
    expect([a, d]).toEqual(['- b\n  - c', '{e: [f, "g" ], h: }']);
  });
});

describe('the place of a value at fault', () => {
  const cases: [name: string, records: string, told: string][] = [
    ['in a block', '  - ip: |\n      192.0.2.1\n\n      # x\n      192.0.2.300 # y\n', 'RF308 8:15-8:18 300'],
    ['in a block with tabs around', '  - ip: |\n      \t192.0.2.300\t# y\n', 'RF308 5:16-5:19 300'],
    ['in a block of a list', '  - ip:\n    - |\n      192.0.2.300\n', 'RF308 6:15-6:18 300'],
    [
      'in a block of a CRLF file',
      '  - ip: |\r\n      192.0.2.1\r\n      192.0.2.300\r\n',
      'RF308 6:15-6:18 300',
    ],
    ['in a block with its own indentation', '  - ip: |2\n        192.0.2.300\n', 'RF308 5:17-5:20 300'],
    ['in a flow list', '  - ip: [192.0.2.1, 192.0.2.300]\n', 'RF308 4:29-4:32 300'],
    ['in single quotes', "  - ip: '192.0.2.300'\n", 'RF308 4:18-4:21 300'],
    ['in double quotes', '  - ip: "192.0.2.300"\n', 'RF308 4:18-4:21 300'],
    [
      'in quotes with an escape: the whole',
      '  - ip: "192.0.2.\\x33\\x30\\x30"\n',
      'RF308 4:10-4:30 192.0.2.\\x33\\x30\\x30',
    ],
    ['after an emoji', '  - {note: 😀😀, ip: 192.0.2.300}\n', 'RF308 4:28-4:31 300'],
  ];
  test.each(cases)('%s', async (_name, records, told) => {
    const [one, ...more] = (await readRecords(records)).diagnostics;
    expect(more).toEqual([]);
    expect(one && `${placed(one)} ${pointedAt(one)}`).toBe(told);
  });

  test('values of a block are told by their first definition', async () => {
    const { collection } = await readRecords(
      '  - domain: |\n      # one\n      a.example# not a comment\n'.replace('# not', ' # not'),
    );
    expect(collection?.indicators.origin(0)).toMatchObject({ start: 125, end: 134 });
  });
});

describe('whatever the input', () => {
  const pieces = fc.constantFrom(
    ...[
      'refang: 1',
      'indicators:',
      '  - ',
      'domain: ',
      'a[.]example',
      '192.0.2.1',
      '2001:db8::',
      '\n',
      '\n      ',
      '\r\n',
    ],
    ...[
      '|',
      '>',
      '"',
      "'",
      '[',
      ']',
      '{',
      '}',
      ',',
      ':',
      ': ',
      '- ',
      '#',
      ' #',
      '*',
      '&a ',
      '!x ',
      '? ',
      '\t',
      '\\',
      '%',
      '---\n',
    ],
    ...[
      '😀',
      '\uFEFF',
      '\u202E',
      'defaults: ',
      'status: active',
      'file: ',
      'sha256: ',
      'actor: ',
      'report: ',
      '<<: ',
      '__proto__: ',
    ],
    ...['tags: ', 'allow: ', 'confidence: ', '\u0000', 'xx', '\uD83D'],
  );
  const texts = fc.oneof(
    fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
    fc
      .array(pieces, { maxLength: 30 })
      .map((parts) => `refang: 1\nindicators:\n  - domain: ${parts.join('')}`),
    fc.string({ unit: 'binary' }),
  );

  test('reading never throws, and every place lies inside of the file', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const file = new SourceFile('a.yaml', text);
        const { collection, diagnostics } = await readFiles([file]);
        expect(collection === undefined).toBe(diagnostics.some((one) => one.severity === 'error'));
        const found = [...diagnostics, ...readSettings(file).diagnostics];
        for (const { span, related = [] } of found) {
          for (const one of [span, ...related.map((other) => other.span)]) {
            if (!one) continue;
            expect(one.start).toBeGreaterThanOrEqual(0);
            expect(one.end).toBeGreaterThanOrEqual(one.start);
            expect(one.end).toBeLessThanOrEqual(file.text.length);
          }
        }
        expect(printPretty(found)).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u202A-\u202E\u2066-\u2069]/);
      }),
      { numRuns: 3000 },
    );
  });
});
