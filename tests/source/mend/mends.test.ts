import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SourceFile } from '../../../compiler/diagnostics/source-file.ts';
import { findMends, mendedText, sayTheSame } from '../../../compiler/source/mend/mends.ts';

const HEAD = `refang: 1
defaults: {status: active, confidence: 80, severity: high, tlp: clear}
indicators:
`;

/** The records after the mends, and what was told: `line:column code description`. */
async function mend(...texts: string[]) {
  const files = texts.map((text, at) => new SourceFile(`${'abc'[at]}.yaml`, HEAD + text));
  const mends = await findMends(files);
  const after = files.map((file) => new SourceFile(file.path, mendedText(file, mends)));
  expect(await sayTheSame(files, after)).toBe(true);
  expect((await findMends(after)).map(({ message }) => message)).toEqual([]);
  const told = mends.map(({ code, span, fix }) => {
    const { line, column } = span?.file.position(span.start) ?? { line: 0, column: 0 };
    return `${span?.file.path}:${line}:${column} ${code} ${fix?.description}`;
  });
  return { texts: after.map(({ text }) => text.slice(HEAD.length)), told };
}

const CASES: [about: string, before: string, after: string, told: string[]][] = [
  [
    'a plain value, its comment and its neighbours',
    '  # before\n  - domain:   HOST[.]example   # behind\n    note: KEPT.\n\n  - ip: 192.0.2.1\n',
    '  # before\n  - domain:   host[.]example   # behind\n    note: KEPT.\n\n  - ip: 192.0.2.1\n',
    ['a.yaml:5:15 RF336 now `host[.]example`'],
  ],
  [
    'quotes stay',
    `  - domain: 'Host.example'\n  - domain: "other.EXAMPLE."\n`,
    `  - domain: 'host.example'\n  - domain: "other.example"\n`,
    ['a.yaml:4:14 RF336 now `host.example`', 'a.yaml:5:14 RF336 now `other.example`'],
  ],
  [
    'a pasted block: spelling, host bits and a value that stands twice',
    '  - cidr: |\n      192.0.2.9/24 # ours\n      198.51.100.0/24\n      192.0.2.0/24\n      # end\n',
    '  - cidr: |\n      192.0.2.0/24 # ours\n      198.51.100.0/24\n      # end\n',
    ['a.yaml:5:7 RF314 now `192.0.2.0/24`', 'a.yaml:7:7 RF350 removed'],
  ],
  [
    'the last line of a file without a line break',
    '  - domain: |\n      a.example\n      b.example\n      A.example',
    '  - domain: |\n      a.example\n      b.example',
    ['a.yaml:7:7 RF350 removed'],
  ],
  [
    'the last two lines of a file without a line break',
    '  - domain: |\n      a.example\n      A.example\n      a.example',
    '  - domain: |\n      a.example\n',
    ['a.yaml:6:7 RF350 removed', 'a.yaml:7:7 RF350 removed'],
  ],
  [
    'a list, one a line',
    `  - domain:\n      - a.example\n      - "a.example"\n      - b.example\n`,
    '  - domain:\n      - a.example\n      - b.example\n',
    ['a.yaml:6:10 RF350 removed'],
  ],
  [
    'a list in brackets',
    `  - domain: [a.example, "A.example", b.example, a.example]\n  - domain: [ a.example, b.example , c.example]\n`,
    `  - domain: [a.example, b.example]\n  - domain: [ c.example]\n`,
    [
      'a.yaml:4:26 RF350 removed',
      'a.yaml:4:49 RF350 removed',
      'a.yaml:5:15 RF350 removed',
      'a.yaml:5:26 RF350 removed',
    ],
  ],
  [
    'what has a comment on its line is not removed',
    '  - domain: |\n      a.example\n      a.example # again, in another way\n',
    '  - domain: |\n      a.example\n      a.example # again, in another way\n',
    [],
  ],
  [
    'nor the only value, nor all values of a list',
    '  - domain: a.example\n  - domain: a.example\n  - domain: [a.example, a.example]\n',
    '  - domain: a.example\n  - domain: a.example\n  - domain: [a.example, a.example]\n',
    [],
  ],
  [
    'nor what has another context',
    '  - domain: [a.example, b.example]\n  - domain: [a.example, c.example]\n    severity: low\n',
    '  - domain: [a.example, b.example]\n  - domain: [a.example, c.example]\n    severity: low\n',
    [],
  ],
  [
    'a file that has an error elsewhere',
    '  - ip: 192.0.2.300\n  - domain: A.example\n',
    '  - ip: 192.0.2.300\n  - domain: a.example\n',
    ['a.yaml:5:13 RF336 now `a.example`'],
  ],
  ['a file that is no YAML', '  - domain: A.example\n  - "\n', '  - domain: A.example\n  - "\n', []],
  [
    'escapes in quotes are left',
    `  - file_name: "A\\\\B.EXAMPLE"\n  - domain: 'a.example'\n`,
    `  - file_name: "A\\\\B.EXAMPLE"\n  - domain: 'a.example'\n`,
    [],
  ],
  [
    'hashes of a file',
    '  - file: {name: A.exe, md5: D41D8CD98F00B204E9800998ECF8427F}\n',
    '  - file: {name: A.exe, md5: d41d8cd98f00b204e9800998ecf8427f}\n',
    ['a.yaml:4:30 RF336 now `d41d8cd98f00b204e9800998ecf8427f`'],
  ],
];

describe('mends', () => {
  test.each(CASES)('%s', async (_, before, after, told) => {
    expect(await mend(before)).toEqual({ texts: [after], told });
  });

  test.each(CASES)('with CR LF: %s', async (_, before, after, told) => {
    const files = [new SourceFile('a.yaml', (HEAD + before).replaceAll('\n', '\r\n'))];
    const mends = await findMends(files);
    expect(mends.length).toBe(told.length);
    expect(mendedText(files[0] as SourceFile, mends)).toBe((HEAD + after).replaceAll('\n', '\r\n'));
  });

  test('a value that another file lists already', async () => {
    const { texts } = await mend(
      '  - domain: a.example\n',
      '  - domain: |\n      a.example\n      b.example\n',
    );
    expect(texts).toEqual(['  - domain: a.example\n', '  - domain: |\n      b.example\n']);
  });

  test('feeds are not read', async () => {
    const text = `  - domain: A.example\nfeeds:\n  - {path: no-such.txt, kind: domain, format: list}\n`;
    expect((await mend(text)).told).toEqual(['a.yaml:4:13 RF336 now `a.example`']);
  });

  const value = fc.constantFrom(
    'a.example',
    'A.example',
    'a[.]Example.',
    'b.example',
    'B.EXAMPLE',
    'c.example',
  );
  const scalar = fc.tuple(value, fc.constantFrom('', "'", '"')).map(([text, sign]) => sign + text + sign);
  const record = fc.oneof(
    fc
      .array(value, { minLength: 1, maxLength: 4 })
      .map((list) => `|\n${list.map((one) => `      ${one}\n`).join('')}`),
    fc
      .array(scalar, { minLength: 1, maxLength: 4 })
      .map((list) => `\n${list.map((one) => `      - ${one}\n`).join('')}`),
    fc.array(scalar, { minLength: 1, maxLength: 4 }).map((list) => `[${list.join(', ')}]\n`),
    scalar.map((one) => `${one} # a remark\n`),
  );
  const severity = fc.constantFrom('', '    severity: low\n', '    note: seen\n');
  const records = fc.array(fc.tuple(record, severity), { minLength: 1, maxLength: 4 });
  test('say the same in every file, and a second run mends nothing', async () => {
    await fc.assert(
      fc.asyncProperty(records, async (list) => {
        await mend(list.map(([text, more]) => `  - domain: ${text}${more}`).join(''));
      }),
    );
  });
});
