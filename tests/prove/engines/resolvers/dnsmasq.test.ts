import { describe, expect } from 'vitest';
import { dnsmasq } from '../../../../compiler/prove/engines/resolvers/dnsmasq.ts';
import { engineTest } from '../../../engines/require.ts';
import { writeFiles } from '../../files.ts';

const dnsmasqTest = await engineTest('dnsmasq');

describe('dnsmasq', () => {
  dnsmasqTest('takes addresses', async () => {
    const report = await dnsmasq.load(
      writeFiles({ 'a.conf': '# "a\naddress=/host.example/\n', 'b.conf': '' }),
    );
    expect(report).toMatchObject({ engine: 'dnsmasq', ok: true, problems: [] });
    expect(report.version).toMatch(/^\d+\.\d+/);
  });

  const cases = [
    ['an option that is none', 'adress=/host.example/', 'bad option'],
    ['a label that is too long', `address=/${'a'.repeat(64)}.example/`, 'error'],
    ['a name without slashes', 'address=host.example', 'Bad address in --address'],
  ] as const;
  for (const [title, line, message] of cases) {
    dnsmasqTest(`refuses ${title}, with its line`, async () => {
      const [good, bad] = writeFiles({ 'good.conf': '# nothing\n', 'bad.conf': `# one\n${line}\n` });
      const report = await dnsmasq.load([good as string, bad as string]);
      expect(report.problems).toEqual([{ file: bad, line: 2, message, severity: 'error' }]);
    });
  }

  dnsmasqTest('has something to say of a file that is not there', async () => {
    const { problems } = await dnsmasq.load(['/nowhere/a.conf']);
    expect(problems[0]).toMatchObject({ file: '/nowhere/a.conf', severity: 'error' });
  });
});
