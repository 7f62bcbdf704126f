import { describe, expect } from 'vitest';
import { sigma } from '../../../../compiler/prove/engines/sigma/sigma.ts';
import { engineTest } from '../../../engines/require.ts';
import { writeFiles } from '../../files.ts';

const sigmaTest = await engineTest('sigma');

const GOOD = `title: DNS Query To Example Domain
id: 6b1f3a9e-3c1c-5a55-9c1e-0f8f2f0a1b2c
status: experimental
description: Detects DNS queries for domains named in the example report
references:
    - https://report.example/one
author: Example CERT
date: 2026-11-01
tags:
    - attack.command-and-control
    - attack.t1071.004
    - detection.emerging-threats
    - tlp.clear
logsource:
    category: dns
detection:
    selection_exact:
        query:
            - 'evil.example'
            - 'c2.bad.example'
    selection_sub:
        query|endswith:
            - '.evil.example'
            - '.c2.bad.example'
    condition: 1 of selection_*
falsepositives:
    - Unknown
level: medium
`;

const NAME = 'net_dns_example_report.yml';

/** Checks the good rule with one stretch of it replaced. */
async function check(from: string, to: string) {
  expect(GOOD).toContain(from);
  const [file] = writeFiles({ [NAME]: GOOD.replace(from, to) });
  return { file, report: await sigma.load([file as string]) };
}

describe('sigma', () => {
  sigmaTest('takes a good rule, with its tags checked and without a network', async () => {
    const report = await sigma.load(writeFiles({ [NAME]: GOOD }));
    expect(report).toMatchObject({ engine: 'sigma', problems: [], ok: true });
    expect(report.version).toMatch(/^\d+\.\d+/);
  });

  sigmaTest('takes an escaped wildcard, because it is exact', async () => {
    const { report } = await check("'evil.example'", "'evil.example/a.php\\?x=1'");
    expect(report.problems).toEqual([]);
  });

  const faults: [title: string, from: string, to: string, line: number, message: RegExp][] = [
    ['an unknown ATT&CK technique', 't1071.004', 't9999', 11, /^InvalidATTACKTag: .*tag=attack\.t9999/],
    [
      'a technique without its tactic',
      '    - attack.command-and-control\n',
      '',
      10,
      /^SigmahqTagsTechniquesWithoutTactics/,
    ],
    ['an unknown D3FEND technique', 'tlp.clear', 'd3fend.d3-nonesuch', 13, /^InvalidD3FENDag/],
    ['the same value twice', "'c2.bad.example'", "'EVIL.example'", 20, /duplicate/i],
  ];
  for (const [title, from, to, line, message] of faults) {
    sigmaTest(`warns of ${title}`, async () => {
      const { file, report } = await check(from, to);
      expect(report.ok).toBe(false);
      const found = report.problems.find((problem) => message.test(problem.message));
      expect(found, JSON.stringify(report.problems)).toMatchObject({ file, severity: 'warning' });
      expect(found?.line ?? line).toBe(line);
    });
  }

  sigmaTest('refuses a condition that names no selection', async () => {
    const { file, report } = await check('1 of selection_*', 'selection_exact and nope');
    expect(report.problems).toEqual([
      { file, line: 25, message: "Detection 'nope' not defined in detections", severity: 'error' },
    ]);
  });

  sigmaTest('refuses a level that does not exist, by schema and by pySigma', async () => {
    const { file, report } = await check('level: medium', 'level: hot');
    expect(report.problems).toEqual([
      { file, line: 28, message: "'hot' is not a valid Sigma rule level", severity: 'error' },
      {
        file,
        line: 28,
        column: 8,
        message: expect.stringMatching(/^\$\.level: 'hot' is not one of/),
        severity: 'error',
      },
    ]);
  });

  sigmaTest('checks the schema: an id that is no UUID, a missing condition', async () => {
    const id = await check('6b1f3a9e-', '6b1f-');
    expect(id.report.problems).toContainEqual({
      file: id.file,
      line: 2,
      column: 5,
      message: "$.id: '6b1f-3c1c-5a55-9c1e-0f8f2f0a1b2c' is not a 'uuid'",
      severity: 'error',
    });
    const condition = await check('    condition: 1 of selection_*\n', '');
    expect(condition.report.problems).toContainEqual({
      file: condition.file,
      line: 17,
      column: 5,
      message: "$.detection: 'condition' is a required property",
      severity: 'error',
    });
  });

  sigmaTest('checks the style of the YAML, and goes on after a file that is none', async () => {
    const [broken, styled] = writeFiles({
      'net_dns_broken_file.yml': 'title: [x\n',
      [NAME]: GOOD.replace('level: medium\n', 'level: medium '),
    });
    const { problems } = await sigma.load([broken as string, styled as string]);
    expect(problems).toEqual([
      {
        file: broken,
        line: 2,
        column: 1,
        message: expect.stringContaining('syntax error'),
        severity: 'error',
      },
      {
        file: styled,
        line: 28,
        column: 14,
        message: 'trailing spaces (trailing-spaces)',
        severity: 'warning',
      },
      {
        file: styled,
        line: 28,
        column: 15,
        message: 'no new line character at the end of file (new-line-at-end-of-file)',
        severity: 'warning',
      },
    ]);
  });

  sigmaTest('finds one id in two rules', async () => {
    const files = writeFiles({
      [NAME]: GOOD,
      'net_dns_example_other.yml': GOOD.replace('DNS Query', 'Name Query'),
    });
    const { problems } = await sigma.load(files);
    const ids = problems.filter(({ message }) => message.startsWith('IdentifierCollision'));
    expect(new Set(ids.map(({ file }) => file))).toEqual(new Set(files));
  });
});
