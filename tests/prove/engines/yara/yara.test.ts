import { describe, expect } from 'vitest';
import { yara } from '../../../../compiler/prove/engines/yara/yara.ts';
import { yaraX } from '../../../../compiler/prove/engines/yara/yara-x.ts';
import { engineTest } from '../../../engines/require.ts';
import { writeFiles } from '../../files.ts';

const yaraTest = await engineTest('yara');
const yaraXTest = await engineTest('yara-x');

const rule = (name: string, string: string) => [
  `rule ${name}`,
  '{',
  '    strings:',
  `        $d0 = ${string}`,
  '    condition:',
  '        any of them',
  '}',
];

const GOOD = [
  'import "hash"',
  ...rule('REFANG_Network_1', '"evil.example" ascii wide nocase fullword'),
  `rule REFANG_File_1 { condition: hash.md5(0, filesize) == "${'0'.repeat(32)}" }`,
];

describe('yara', () => {
  yaraTest('compiles good rules and leaves nothing behind', async () => {
    const files = writeFiles({ 'a.yar': GOOD, 'b.yar': rule('Other', '"c2.example"') });
    const report = await yara.load(files);
    expect(report).toMatchObject({ engine: 'yara', ok: true, problems: [] });
    expect(report.version).toMatch(/^4\./);
  });

  yaraTest('says file, line and reason of an error', async () => {
    const [bad, good] = writeFiles({ 'bad.yar': rule('Bad', '"evil\\qexample"'), 'good.yar': GOOD });
    const report = await yara.load([bad as string, good as string]);
    expect(report.ok).toBe(false);
    expect(report.problems[0]).toEqual({
      file: bad,
      line: 4,
      message: 'illegal escape sequence',
      severity: 'error',
    });
  });

  yaraTest('finds a name that two files use', async () => {
    const files = writeFiles({ 'a.yar': rule('Same', '"a.example"'), 'b.yar': rule('Same', '"b.example"') });
    const report = await yara.load(files);
    expect(report.problems).toEqual([
      { file: files[1], line: 1, message: 'duplicated identifier "Same"', severity: 'error' },
    ]);
  });

  yaraTest('counts warnings', async () => {
    const [file] = writeFiles({ 'slow.yar': rule('Slow', '/.*example/') });
    const report = await yara.load([file as string]);
    expect(report.ok).toBe(false);
    expect(report.problems).toContainEqual({
      file,
      line: 4,
      message: expect.stringContaining('$d0 contains .*'),
      severity: 'warning',
    });
  });
});

describe('yara-x', () => {
  yaraXTest('compiles good rules', async () => {
    const report = await yaraX.load(writeFiles({ 'a.yar': GOOD }));
    expect(report).toMatchObject({ engine: 'yara-x', ok: true, problems: [] });
    expect(report.version).toMatch(/^1\./);
  });

  yaraXTest('says file, line, column and reason of every error', async () => {
    const files = writeFiles({
      'escape.yar': rule('Bad', '"evil\\qexample"'),
      'name.yar': [...rule('Ok', '"ok.example"'), 'rule Bad { condition: nope }'],
    });
    const report = await yaraX.load(files);
    expect(report.ok).toBe(false);
    expect(report.problems).toEqual([
      { file: files[0], line: 4, column: 20, message: 'invalid escape sequence', severity: 'error' },
      { file: files[1], line: 8, column: 23, message: 'unknown identifier `nope`', severity: 'error' },
    ]);
  });

  yaraXTest('warns of an upper-case hash, which never matches', async () => {
    const [file] = writeFiles({
      'hash.yar': ['import "hash"', `rule H { condition: hash.md5(0, filesize) == "${'AB'.repeat(16)}" }`],
    });
    const report = await yaraX.load([file as string]);
    expect(report.problems).toEqual([
      { file, line: 2, column: 26, message: 'unsatisfiable expression', severity: 'warning' },
    ]);
  });
});
