import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLive, refang } from '../../compiler/indicators/refang.ts';
import { dataJson, hasData } from './tables.ts';

test.each([
  ['host[.]example', 'host.example'],
  ['host(.)example', 'host.example'],
  ['host{.}example', 'host.example'],
  ['host[ . ]example', 'host.example'],
  ['host [.] example', 'host.example'],
  ['host[dot]example', 'host.example'],
  ['host( DOT )example', 'host.example'],
  ['host{Dot}example', 'host.example'],
  ['host\\.example', 'host.example'],
  ['user[@]host.example', 'user@host.example'],
  ['user(@)host.example', 'user@host.example'],
  ['user{@}host.example', 'user@host.example'],
  ['user[at]host[.]example', 'user@host.example'],
  ['user (AT) host (dot) example', 'user@host.example'],
  ['hxxp://host.example', 'http://host.example'],
  ['hXXps://host.example', 'https://host.example'],
  ['HXXP://host.example', 'http://host.example'],
  ['h**ps://host.example', 'https://host.example'],
  ['fxp://host.example', 'ftp://host.example'],
  ['hxxp[:]//host.example', 'http://host.example'],
  ['hxxps[://]host[.]example', 'https://host.example'],
  ['http(://)host.example', 'http://host.example'],
  ['192.0.2[.]1[:]443', '192.0.2.1:443'],
  ['2001[:]db8::1', '2001:db8::1'],
  ['hxxp://host.example/?u=hxxps://other[.]example', 'http://host.example/?u=https://other.example'],
])('%j is %j', (written, live) => {
  expect(refang(written)).toBe(live);
});

test.each([
  'host.example',
  'host dot example',
  'user at host dot example',
  'hostDOTexample',
  'host-dot-example',
  'host[.example',
  'host.]example',
  'host[.)example',
  'shxxp://host.example',
  'hxxp without a colon',
  '[2001:db8::1]:443',
  'http://[::1]/',
  'http://host.example/?filter[at]=1&filter[dot][x]=2',
  'john.smith(comment)@host.example',
  'a  b',
])('%j stays', (text) => {
  expect(refang(text)).toBe(text);
});

test('spans lead from the live text back to the text as written', () => {
  const written = '  hxxp[:]//host[.]sub [dot] example/x  ';
  const live = readLive(written);
  const asWritten = (part: string): string => {
    const start = live.text.indexOf(part);
    return live.slice(start, start + part.length).written;
  };
  expect(live.text).toBe('http://host.sub.example/x');
  expect(live.written).toBe(written.trim());
  expect(asWritten('http')).toBe('hxxp');
  expect(asWritten('://')).toBe('[:]//');
  expect(asWritten('host')).toBe('host');
  expect(asWritten('host.')).toBe('host[.]');
  expect(asWritten('.sub')).toBe('[.]sub');
  expect(asWritten('sub.')).toBe('sub [dot] ');
  expect(asWritten('example/x')).toBe('example/x');
});

test('text without a sign of defanging stays, and nothing throws', () => {
  const piece = fc.constantFrom('[', ']', '(', ')', '.', 'dot', '@', ':', '//', 'hxxp', 'a', ' ', '\\', '=');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      const live = readLive(text);
      expect(live.span().end).toBeLessThanOrEqual(text.length);
      if (!/[[({\\]|hxxp/.test(text)) expect(refang(text)).toBe(text);
    }),
  );
});

describe.skipIf(!hasData)('cases of ioc-fanger (skipped: the public data is not beside the checkout)', () => {
  /** Left alone on purpose, each for its reason. */
  const SKIPPED: readonly [RegExp, string][] = [
    [/\n|passivetotal|imgur|linkedin|Email: /, 'prose, markup or several values: a value stands alone here'],
    [/\bfoo \d|foo\$\.bar/, 'prose around the value'],
    [
      /arroba|punto|punkt|\bet\b|et[\])}]|[[( ]et[\]) ]/i,
      'other languages: French "et" and the like are words of paths and names',
    ],
    [/-dot-/, 'real names hold -dot- (App Engine)'],
    [/[a-z]dot[a-z]|\bdot\b(?![\])}])| at |[a-z]at[a-z]/i, 'bare words, which real names hold'],
    [/\d,\d|\[,\]|\(,\)/, 'commas also separate values'],
    [/\^\.|<\.>/, 'rare; refused with a caret instead of guessed'],
    [/\[-\]/, 'rare; refused with a caret instead of guessed'],
    [/\[www\]|\(www\)|^[[(]https?[\])]|^https?\]/, 'brackets around words'],
    [/(?:\[\.\[|\]\.\[|\]\.\]|\{\.\{|\}\.\{|\}\.\})/, 'brackets that do not close'],
    [/(?:dot|at)[\])}]/i, 'brackets that do not close'],
    [/^x{4,5}s?:/i, 'xxxx is no scheme that anybody has to mean http'],
    [/https? ?:?\/{2,3} ?|http ?:/, 'a broken scheme: refused, not guessed'],
    [/ @ | {2}@|@ /, 'blanks around a live @: refused, not guessed'],
    [/\\\//, 'a backslash before a slash'],
  ];
  const cases = hasData
    ? dataJson<{ op: string; input: string; expected: string }[]>('defang/ioc-fanger-cases.json').filter(
        ({ op }) => op === 'refang',
      )
    : [];
  const isSkipped = (input: string, expected: string): boolean =>
    refang(input) !== expected && SKIPPED.some(([pattern]) => pattern.test(input));

  test.each(cases.filter(({ input, expected }) => !isSkipped(input, expected)))(
    '$input',
    ({ input, expected }) => {
      expect(refang(input)).toBe(expected);
    },
  );

  test('84 of their 189 apply, and every reason to skip one is needed', () => {
    const skipped = cases
      .filter(({ input, expected }) => isSkipped(input, expected))
      .map(({ input }) => input);
    const reasons = SKIPPED.map(([pattern]) => skipped.find((input) => pattern.test(input)));
    expect(cases.length - skipped.length).toBe(84);
    expect(reasons).not.toContain(undefined);
  });
});
