import { describe, expect, test } from 'vitest';
import { filesBelow, folderWith } from '../temporary.ts';
import { bundledRefang, ROOT } from './refang.ts';

const refang = await bundledRefang();

const HEAD = 'refang: 1\ndefaults: { status: active, confidence: 80, severity: high, tlp: clear }\n';
const LOOSE = `${HEAD}indicators:\n- domain: host.example\n`;
const TIDY = `${HEAD}indicators:\n  - domain: host.example\n`;

describe('refang fmt', () => {
  test('tells what it wrote; then that there is nothing to write', () => {
    const cwd = folderWith({ 'indicators.yaml': LOOSE });
    expect(refang(cwd, ['fmt'])).toEqual({ code: 0, stdout: '', stderr: 'formatted indicators.yaml\n' });
    expect(filesBelow(cwd)).toEqual({ 'indicators.yaml': TIDY });
    expect(refang(cwd, ['fmt'])).toEqual({ code: 0, stdout: '', stderr: '1 file, nothing to format\n' });
    expect(refang(cwd, ['fmt', '--check']).code).toBe(0);
  });

  test('--check shows the first line that would change, and writes nothing', () => {
    const cwd = folderWith({ 'a.yaml': LOOSE, 'b.yaml': `${TIDY}\n\n` });
    const stderr = [
      'a.yaml:4 is not formatted',
      '  - - domain: host.example',
      '  +   - domain: host.example',
      'b.yaml:6 is not formatted',
      '  - ',
      '  + ',
      '  help: run `refang fmt a.yaml b.yaml`',
      '',
    ].join('\n');
    expect(refang(cwd, ['fmt', '--check', 'a.yaml', 'b.yaml'])).toEqual({ code: 1, stdout: '', stderr });
    expect(filesBelow(cwd)).toEqual({ 'a.yaml': LOOSE, 'b.yaml': `${TIDY}\n\n` });
  });

  test('a file with an error is told and stays', () => {
    const cwd = folderWith({ 'indicators.yaml': LOOSE.replace('host.example', 'host..example') });
    const { code, stderr } = refang(cwd, ['fmt']);
    expect([code, stderr.split('\n').slice(0, 2)]).toEqual([
      2,
      ['error[RF304]: `host..example` has an empty label', ' --> indicators.yaml:4:15'],
    ]);
  });

  test('what a file says is never sent to the terminal as it is', () => {
    const cwd = folderWith({
      'indicators.yaml': `${LOOSE}# \u202e\u200b\n`.replace('- domain', '-  domain'),
    });
    expect(refang(cwd, ['fmt', '--check']).stderr).not.toMatch(/[\u202e\u200b]/);
  });

  test('this project is formatted', () => {
    expect(refang(ROOT, ['fmt', '--check'])).toMatchObject({ code: 0 });
  });
});
