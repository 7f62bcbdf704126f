import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ProgressLine } from '../../compiler/cli/progress-line.ts';
import { toldFile } from '../../compiler/progress.ts';
import { PROJECT } from '../project.ts';
import { folderWith } from '../temporary.ts';
import { bundledRefang } from './refang.ts';

const refang = await bundledRefang();

describe('with a clock that is set', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** What is on the terminal: the last thing that was written on the line. */
  function terminal(columns = 80) {
    const written: string[] = [];
    const line = new ProgressLine({ columns, write: (text: string) => written.push(text) });
    const shown = () => written.join('').split('\r\u001b[K').at(-1);
    return { line, written, shown };
  }

  test('nothing is told of work under a second', () => {
    const { line, written } = terminal();
    line.phase('reading feeds', 10_000_000, 'byte');
    for (let at = 0; at < 9; at++) {
      vi.advanceTimersByTime(100);
      line.advance(1_000_000);
    }
    line.end();
    expect(written).toEqual([]);
  });

  test('bytes: how much, how fast, how long yet', () => {
    const { line, shown } = terminal();
    line.phase('reading feeds', 27_000_000, 'byte');
    vi.advanceTimersByTime(2000);
    line.advance(6_000_000);
    expect(shown()).toBe('reading feeds  0 %  0.0 of 27.0 MB');
    vi.advanceTimersByTime(100);
    expect(shown()).toBe('reading feeds  22 %  6.0 of 27.0 MB  2.9 MB/s  8 s left');
  });

  test('entries: over all targets, with the one at work', () => {
    const { line, shown } = terminal();
    vi.advanceTimersByTime(3000);
    line.phase('rendering', 2_000_000, 'entry');
    line.at('suricata');
    vi.advanceTimersByTime(1000);
    line.advance(10_000);
    vi.advanceTimersByTime(100);
    expect(shown()).toBe('rendering suricata  0 %  10,000 of 2,000,000 entries  9,091/s  3 min 39 s left');
  });

  test.each([
    ['an hour and more', 1, 8000, '2 h 13 min left'],
    ['the end', 8000, 8000, '0 s left'],
    ['more than there is', 9000, 8000, '0 s left'],
  ])('%s', (_, done, total, left) => {
    const { line, shown } = terminal();
    line.phase('planning', total, 'target');
    line.advance(done);
    vi.advanceTimersByTime(1000);
    expect(shown()?.split('  ').at(-1)).toBe(left);
  });

  test('the line is no wider than the terminal, and is drawn ten times a second', () => {
    const { line, written, shown } = terminal(20);
    vi.advanceTimersByTime(1500);
    line.phase('proving with suricata-8, zeek');
    vi.advanceTimersByTime(100);
    expect(shown()).toBe('proving with surica');
    const before = written.length;
    for (let at = 0; at < 1000; at++) line.advance(1);
    expect(written.length).toBe(before);
  });

  test('it goes away, and nothing comes after it', () => {
    const { line, written, shown } = terminal();
    vi.advanceTimersByTime(1000);
    line.phase('writing');
    vi.advanceTimersByTime(200);
    expect(shown()).toBe('writing');
    line.end();
    expect(shown()).toBe('');
    const { length } = written;
    vi.advanceTimersByTime(5000);
    expect(written).toHaveLength(length);
  });
});

test.each([
  ['a text each', 1000, 1000],
  ['and what stands around them', 1000, 1010],
  ['several in a text', 1000, 10],
  ['none', 0, 3],
])('the entries of a file are told once: %s', (_, entries, texts) => {
  let told = 0;
  const progress = { phase: () => {}, at: () => {}, advance: (amount: number) => (told += amount) };
  const chunks = Array.from({ length: texts }, (_, at) => `${at}\n`);
  const file = toldFile({ entries, chunks }, progress);
  expect([...file.chunks]).toEqual(chunks);
  expect(told).toBe(entries);
});

/** A terminal of its own, by Python: what a command writes on it. */
const PTY = `import os, pty, sys
pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
seen = b''
while True:
    try:
        part = os.read(fd, 65536)
    except OSError:
        break
    if not part:
        break
    seen += part
sys.stdout.buffer.write(seen)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

describe.skipIf(spawnSync('python3', ['-c', 'import pty']).status !== 0)('on a terminal', () => {
  const names = Array.from({ length: 60_000 }, (_, at) => `host${at}.zone${at % 97}.net\n`);
  const files = {
    ...PROJECT,
    'refang.yaml': 'targets: [wall]\n',
    'indicators.yaml':
      'refang: 1\ndefaults: {status: active, confidence: 80, severity: high, tlp: clear}\nfeeds:\n' +
      '  - {path: feed.txt, kind: domain, format: list}\n',
    'feed.txt': names.join(''),
  };
  const project = () =>
    folderWith({
      ...files,
      'slow.cjs': 'const { now } = performance; performance.now = () => now.call(performance) * 1000;',
    });
  /** The bundle with the clock that is asked set forward: so even a fast machine takes more than a second. */
  const runIn = (folder: string, env: Readonly<Record<string, string>>, ...args: readonly string[]) => {
    const words = [process.execPath, '-r', join(folder, 'slow.cjs'), refang.start.script, ...args];
    const options = { cwd: folder, encoding: 'utf8', env: { ...refang.start.env, ...env } } as const;
    const { status, stdout } = spawnSync('python3', ['-c', PTY, ...words], options);
    return { status, text: stdout.replaceAll('\r\n', '\n') };
  };
  const run = (env: Readonly<Record<string, string>>) => runIn(project(), env, 'build');

  test('phases come and go, and what stays is what a build tells', () => {
    const { status, text } = run({ TERM: 'xterm', NO_COLOR: '1' });
    expect(status).toBe(0);
    expect(text).toMatch(/\r\u001b\[Kreading feeds {2}\d+ % {2}\d\.\d of 1\.\d MB/);
    expect(text).toMatch(/\r\u001b\[Krendering wall {2}\d+ % {2}[\d,]+ of [\d,]+ entries/);
    expect(text).toMatch(/\r\u001b\[K60,000 indicators [^\r]*\nwall +60,000 [^\r]*\nwrote out\n$/);
  });

  test('parts and their merge have phases as well', () => {
    const folder = project();
    const env = { TERM: 'xterm', NO_COLOR: '1' };
    const part = runIn(folder, env, 'build', '--shard', '1/1', '--as-of', '2026-01-01', '--out', 'part');
    expect(part.status).toBe(0);
    expect(part.text).toMatch(/\r\u001b\[Kreading feeds {2}\d+ % {2}\d\.\d of 1\.\d MB/);
    expect(part.text).toMatch(/\r\u001b\[Kpart 1 of 1: 60,000 indicators\nwrote part\n$/);
    const { status, text } = runIn(folder, env, 'merge', 'part');
    expect(status).toBe(0);
    expect(text).toMatch(/\r\u001b\[Kjoining parts {2}\d+ % {2}[\d,]+ of 60,000 indicators/);
    expect(text).toMatch(/\r\u001b\[Krendering wall {2}\d+ % {2}[\d,]+ of [\d,]+ entries/);
    expect(text).toMatch(/\r\u001b\[K60,000 indicators [^\r]*\nwall +60,000 [^\r]*\nwrote out\n$/);
  });

  test('a terminal that cannot draw a line again sees none', () => {
    const { status, text } = run({ TERM: 'dumb', NO_COLOR: '1' });
    expect(status).toBe(0);
    expect(text).toMatch(/^60,000 indicators [^\r]*\nwall +60,000 [^\r]*\nwrote out\n$/);
  });
});
