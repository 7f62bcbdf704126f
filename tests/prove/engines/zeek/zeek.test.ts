import { describe, expect, test } from 'vitest';
import { zeek } from '../../../../compiler/prove/engines/zeek/zeek.ts';
import { readZeekMessages } from '../../../../compiler/prove/engines/zeek/zeek-messages.ts';
import { REPLAY_SCRIPT } from '../../../../compiler/prove/engines/zeek/zeek-replay.ts';
import { engineTest } from '../../../engines/require.ts';
import { zeekScriptTest, zeekSyntaxError } from '../../../engines/zeek-script.ts';
import { writeFiles } from '../../files.ts';

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

  zeekScriptTest('reads captures with a script that parses', async () => {
    const [script] = writeFiles({ 'replay.zeek': REPLAY_SCRIPT });
    expect(await zeekSyntaxError(script as string)).toBeUndefined();
  });

  zeekTest('tells which rows were seen', async () => {
    const [script] = writeFiles({
      '__load__.zeek': ['@load frameworks/intel/seen', 'redef Intel::read_files += { @DIR + "/intel.dat" };'],
      'intel.dat': [
        '#fields\tindicator\tindicator_type\tmeta.source',
        'evil.example\tIntel::DOMAIN\texample',
        '192.0.2.1\tIntel::ADDR\texample',
      ],
    });
    const texts = ['evil.example', 'notevil.example', '192.0.2.1', '192.0.2.2'];
    const cases = texts.map((text, id) => ({
      id,
      kind: id < 2 ? ('domain' as const) : ('ip' as const),
      text,
      expect: 'match' as const,
      about: '',
    }));
    const report = await zeek.behave?.({ files: [script as string], cases });
    const hits = report?.observations.filter(({ rules }) => rules.length > 0) ?? [];
    expect(hits.map((one) => `${one.case} ${one.carrier}: ${one.rules.join(' ')}`)).toEqual(
      expect.arrayContaining([
        '0 DNS query: evil.example',
        '0 TLS SNI: evil.example',
        '0 HTTP host: evil.example',
        '2 TCP connection: 192.0.2.1',
      ]),
    );
    expect(hits.every((one) => one.case % 2 === 0)).toBe(true);
  });
});
