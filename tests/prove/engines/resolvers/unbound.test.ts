import { describe, expect } from 'vitest';
import { unbound } from '../../../../compiler/prove/engines/resolvers/unbound.ts';
import { engineTest } from '../../../engines/require.ts';
import { writeFiles } from '../../files.ts';

const unboundTest = await engineTest('unbound');

describe('Unbound', () => {
  unboundTest('takes local zones, and files of any name', async () => {
    const zones = ['server:', 'local-zone: "host.example." always_nxdomain'];
    const files = writeFiles({
      'a.conf': zones,
      'b *[x].conf': 'server:\nlocal-data: "a.example. A 0.0.0.0"\n',
    });
    const report = await unbound.load(files);
    expect(report).toMatchObject({ engine: 'unbound', ok: true, problems: [] });
    expect(report.version).toMatch(/^\d+\.\d+/);
  });

  const cases = [
    ['a type that is none', 'local-zone: "host.example." nonsense', 2, 'error', /^local-zone type: expected/],
    ['a word that is none', 'locl-zone: x', 2, 'error', /^unknown keyword 'locl-zone'/],
    ['an empty label', 'local-zone: "a..example." inform', undefined, 'error', /a\.\.example/],
    [
      'a zone twice',
      'local-zone: "a.example." inform\nlocal-zone: "a.example." inform',
      undefined,
      'warning',
      /^duplicate local-zone a\.example\.$/,
    ],
  ] as const;
  for (const [title, text, line, severity, message] of cases) {
    unboundTest(`has a word to say of ${title}`, async () => {
      const [file] = writeFiles({ 'bad.conf': `server:\n${text}\n` });
      const report = await unbound.load([file as string]);
      expect(report.ok).toBe(false);
      expect(report.problems[0]).toMatchObject({ file, severity, ...(line && { line }) });
      expect(report.problems.map((problem) => problem.message)).toContainEqual(
        expect.stringMatching(message),
      );
    });
  }

  unboundTest('names the file among several', async () => {
    const files = writeFiles({ 'good.conf': 'server:\n', 'bad.conf': 'server:\nnonsense: 1\n' });
    const [problem] = (await unbound.load(files)).problems;
    expect(problem).toMatchObject({ file: files[1], line: 2 });
  });
});
