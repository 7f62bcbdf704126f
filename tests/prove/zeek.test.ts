import { describe, expect, test } from 'vitest';
import { zeek } from '../../compiler/prove/zeek.ts';
import { readZeekMessages } from '../../compiler/prove/zeek-messages.ts';
import { engineTest } from '../engines/require.ts';
import { writeFiles } from './files.ts';

const zeekTest = await engineTest('zeek');

describe('zeek', () => {
  zeekTest('parses a good script', async () => {
    const files = writeFiles({ 'good.zeek': ['event zeek_init()', '\t{', '\tprint "x";', '\t}'] });
    expect(await zeek.load(files)).toMatchObject({ engine: 'zeek', ok: true, problems: [] });
  });

  zeekTest('says the line of a syntax error', async () => {
    const files = writeFiles({ 'bad.zeek': ['event zeek_init()', '\t{', '\tprint "x"', '\t}'] });
    const { problems } = await zeek.load(files);
    expect(problems[0]).toMatchObject({ file: files[0], line: 4, severity: 'error' });
  });

  test('reads the messages of Zeek', () => {
    const stderr = [
      'error in ./refang/walk.zeek, line 12: syntax error, at or near "}"',
      'warning in /opt/a.zeek, lines 3-4: deprecated (use b)',
      "fatal error in ./a.zeek, line 1: can't find nope.zeek",
      'something else',
    ].join('\n');
    expect(readZeekMessages(stderr)).toEqual([
      { file: './refang/walk.zeek', line: 12, message: 'syntax error, at or near "}"', severity: 'error' },
      { file: '/opt/a.zeek', line: 3, message: 'deprecated (use b)', severity: 'warning' },
      { file: './a.zeek', line: 1, message: "can't find nope.zeek", severity: 'error' },
    ]);
  });
});
