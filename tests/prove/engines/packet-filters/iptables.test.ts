import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect } from 'vitest';
import type { Case } from '../../../../compiler/prove/behaviour.ts';
import { iptables } from '../../../../compiler/prove/engines/packet-filters/iptables.ts';
import { findProgram, isolation, run } from '../../../../compiler/prove/process.ts';
import { engineTest, without } from '../../../engines/require.ts';
import { writeFiles } from '../../files.ts';

const iptablesTest = await engineTest('iptables');

const GOLDEN = fileURLToPath(new URL('../../../../templates/ipset/golden', import.meta.url));
const NAMES = ['refang.sh', 'refang.ipset', 'refang.iptables', 'refang.ip6tables'] as const;

/** The files of the example, one of them changed. The script is first. */
function changed(name?: (typeof NAMES)[number], from = '', to = ''): string[] {
  const files = NAMES.map((one) => {
    const text = readFileSync(join(GOLDEN, one), 'utf8');
    if (one === name) expect(text).toContain(from);
    return [one, one === name ? text.replaceAll(from, to) : text];
  });
  return writeFiles(Object.fromEntries(files));
}

describe('iptables', () => {
  iptablesTest('loads the sets and the chains of both families', async () => {
    const [script] = changed() as [string];
    const report = await iptables.load([script]);
    expect(report).toMatchObject({ engine: 'iptables', ok: true, problems: [] });
    expect(report.version).toMatch(/^\d+\.\d+\.\d+, ipset \d+\.\d+$/);
    expect(report.command).toMatch(/unshare -r?n sh \S*refang\.sh$/);
  });

  const faults = [
    ['an address of IPv6 among IPv4', 'refang.ipset', '192.0.2.10/32', '2001:db8::1', 31, /2001:db8::1/],
    ['a name, which it never looks up', 'refang.ipset', '192.0.2.10/32', 'host.example', 31, /host\.example/],
    ['every address', 'refang.ipset', '198.51.100.0/25', '0.0.0.0/0', 32, /invalid|zero|0\.0\.0\.0/],
    [
      'a rule for a set that is not there',
      'refang.iptables',
      '_block4 src',
      '_blocked4 src',
      undefined,
      /refang_blocked4 doesn't exist/,
    ],
    [
      'the same for IPv6',
      'refang.ip6tables',
      '_watch6 dst',
      '_watched6 dst',
      undefined,
      /refang_watched6 doesn't exist/,
    ],
    [
      'a chain that is not there',
      'refang.iptables',
      ':REFANG_WATCH - [0:0]\n',
      '',
      undefined,
      /REFANG_WATCH|failed/,
    ],
    ['no COMMIT', 'refang.ip6tables', 'COMMIT\n', '', undefined, /COMMIT expected/],
    ['a prefix for logs without its end', 'refang.iptables', 'block: "', 'block: ', undefined, /./],
  ] as const;
  for (const [title, name, from, to, line, message] of faults) {
    iptablesTest(`refuses ${title}, and tells where`, async () => {
      const files = changed(name, from, to);
      const report = await iptables.load([files[0] as string]);
      expect(report.ok).toBe(false);
      const [problem] = report.problems;
      expect(problem).toMatchObject({ file: files[NAMES.indexOf(name)], severity: 'error' });
      if (line !== undefined) expect(problem?.line).toBe(line);
      expect(problem?.message).toMatch(message);
      expect(report.problems.map((one) => one.message)).not.toContain('');
    });
  }

  iptablesTest('refuses a script that does nothing it can', async () => {
    const [script] = writeFiles({ 'refang.sh': 'exit 3\n' }) as [string];
    expect((await iptables.load([script])).problems).toEqual([
      { file: script, message: 'sh ended with exit code 3', severity: 'error' },
    ]);
  });

  const legacy = ['iptables', 'ip6tables'].every((name) => findProgram(`${name}-legacy-restore`));
  const legacyTest: typeof iptablesTest = legacy
    ? iptablesTest
    : without('iptables-legacy', 'iptables-legacy-restore is not found; apt install iptables');
  legacyTest('hears what the legacy kind alone refuses', async () => {
    const script =
      'iptables --version\niptables --version | grep -q legacy && { echo "iptables v1 (legacy): no" >&2; exit 1; }\nexit 0\n';
    const [file] = writeFiles({ 'refang.sh': script }) as [string];
    expect((await iptables.load([file])).problems).toMatchObject([{ file, message: 'no' }]);
  });

  iptablesTest('shows packets as its likes do', async () => {
    const [script] = changed() as [string];
    const texts = ['192.0.2.10', '192.0.2.11', '2001:db8::bad:1', '2001:db8::bad:2'];
    const cases = texts.map((text, id): Case => ({ id, kind: 'ip', text, expect: 'match', about: '' }));
    const report = await iptables.behave?.({ files: [script], cases });
    expect(report).toMatchObject({ engine: 'iptables', rules: ['drop', 'count'] });
    expect(report?.observations).toHaveLength(4 * 8);
    for (const { case: shown, rules } of report?.observations ?? [])
      expect(rules).toEqual(shown % 2 ? [] : ['drop']);
  });

  iptablesTest('changes nothing outside its namespace', async () => {
    const words = (await isolation()) as string[];
    const listing = async () => (await run(findProgram('ipset') as string, ['list', '-n'])).stdout;
    const before = await listing();
    const [script] = changed() as [string];
    await iptables.load([script]);
    expect(words[0]).toMatch(/unshare$/);
    expect(await listing()).toBe(before);
  });
});
