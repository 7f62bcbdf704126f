import { describe, expect } from 'vitest';
import { postfix } from '../../../../compiler/prove/engines/postfix/postfix.ts';
import { engineTest } from '../../../engines/require.ts';
import { writeFiles } from '../../files.ts';

const postfixTest = await engineTest('postfix');

describe('Postfix', () => {
  postfixTest('takes tables of three types, also without an entry, and files of any name', async () => {
    const files = writeFiles({
      'a.map': 'bad@host.example REJECT\nhost.example WARN text\n',
      'b *[x] $y.regexp': '/^bad@host\\.example$/ REJECT\n',
      'c.cidr': '192.0.2.0/24 REJECT\n2001:db8::/32 WARN\n',
      'd.map': '# nothing\n',
      'e.regexp': '# nothing\n',
      'f.cidr': '',
    });
    const report = await postfix.load(files);
    expect(report).toMatchObject({ engine: 'postfix', ok: true, problems: [] });
    expect(report.version).toMatch(/^\d+\.\d+/);
    expect(report.command).toMatch(/^postmap hash:\S+\/a\.map && postmap 'regexp:.*' && postmap cidr:/);
  });

  const cases = [
    [
      'a blank at the start',
      'a.map',
      ' bad@host.example REJECT',
      undefined,
      /must not start with whitespace/,
    ],
    ['a key without a value', 'a.map', 'bad@host.example', 1, /^expected format: key whitespace value$/],
    ['a key twice', 'a.map', 'host.example REJECT\nHOST.example WARN', undefined, /duplicate entry: "host/],
    ['a quote that stays open', 'a.map', '"bad@host.example REJECT', 1, /^unbalanced '"'/],
    ['a broken expression', 'a.regexp', '/a(b/ REJECT', 1, /^Unmatched \( or/],
    ['an expression that stays open', 'a.regexp', '/ab REJECT', 1, /^no closing regexp delimiter/],
    ['an expression without an action', 'a.regexp', '/ab/', 1, /^no replacement text/],
    ['a reference to no group', 'a.regexp', '/ab/ WARN $1', 1, /^out of range replacement index/],
    ['host bits', 'a.cidr', '192.0.2.1/24 REJECT', 1, /^non-null host address bits/],
    ['an address that is none', 'a.cidr', '192.0.2.256 REJECT', 1, /^bad address pattern/],
    ['a leading zero', 'a.cidr', '010.0.0.1 REJECT', 1, /^bad address pattern/],
    ['an interval', 'a.cidr', '192.0.2.1-192.0.2.9 REJECT', 1, /^bad address pattern/],
    ['a name', 'a.cidr', 'host.example REJECT', 1, /^bad address pattern/],
    ['a network without an action', 'a.cidr', '192.0.2.0/24', 1, /^no lookup result/],
  ] as const;
  for (const [title, name, text, line, message] of cases) {
    postfixTest(`has a word to say of ${title}`, async () => {
      const [file] = writeFiles({ [name]: `${text}\n` });
      const report = await postfix.load([file as string]);
      expect(report.ok).toBe(false);
      expect(report.problems[0]).toMatchObject({ file, severity: 'warning', ...(line && { line }) });
      expect(report.problems[0]?.message).toMatch(message);
      expect(report.problems[0]?.message).not.toContain('/tmp/');
    });
  }

  postfixTest('names the file among several', async () => {
    const files = writeFiles({ 'a.cidr': '192.0.2.0/24 REJECT\n', 'b.cidr': '\n192.0.2.1/24 REJECT\n' });
    expect((await postfix.load(files)).problems).toMatchObject([{ file: files[1], line: 2 }]);
  });
});
