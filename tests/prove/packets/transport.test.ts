import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checksum, type Flow, readAddress } from '../../../compiler/prove/packets/ip.ts';
import { pcapFile } from '../../../compiler/prove/packets/pcap.ts';
import { tcpFrames } from '../../../compiler/prove/packets/tcp.ts';
import { udpFrames } from '../../../compiler/prove/packets/udp.ts';
import { readFrame, readPcap } from './read.ts';

function flow(client: string, server: string): Flow {
  const end = (text: string, port: number) => {
    const address = readAddress(text);
    if (!address) throw new Error(text);
    return { address, port };
  };
  return { client: end(client, 40_000), server: end(server, 443) };
}

const FLOWS = [flow('192.0.2.1', '198.51.100.255'), flow('2001:db8::1', '2001:db8:ffff::ffff:2')];
const bytes = (text: string) => Buffer.from(text);

test('the checksum is that of RFC 1071', () => {
  expect(checksum(Buffer.from('0001f203f4f5f6f7', 'hex'))).toBe(0x220d);
  expect(checksum(Buffer.from('0001f203f4f5f6f7aa', 'hex'))).toBe(~(0xddf2 + 0xaa00 - 0xffff) & 0xffff);
});

test.each([
  ['192.0.2.1', 'c0000201'],
  ['2001:db8::1', '20010db8000000000000000000000001'],
  ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201'],
  ['192.0.2.1/32', undefined],
  ['[2001:db8::1]', undefined],
  ['host.example', undefined],
])('the address %s', (text, hex) => {
  const address = readAddress(text);
  expect(address && Buffer.from(address.bytes).toString('hex')).toBe(hex);
});

test('a capture holds its frames as they were, at their time', () => {
  const [frame] = udpFrames(FLOWS[0] as Flow, [{ from: 'client', data: bytes('hello') }]);
  const time = 1_704_067_200_123_456;
  expect(readPcap(pcapFile([{ time, bytes: frame as Uint8Array }]))).toMatchObject([
    { time, family: 4, protocol: 17, from: 'c0000201', to: 'c63364ff', fromPort: 40_000, toPort: 443 },
  ]);
  expect(readPcap(pcapFile([]))).toEqual([]);
});

describe('UDP', () => {
  test('every datagram has its content and right checksums', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FLOWS), fc.uint8Array({ maxLength: 1400 }), (ends, data) => {
        const frames = udpFrames(ends, [
          { from: 'client', data },
          { from: 'server', data },
        ]).map((frame) => readFrame(0, Buffer.from(frame)));
        expect(frames.map(({ checksums }) => checksums)).toEqual([true, true]);
        expect(frames.map(({ toPort }) => toPort)).toEqual([443, 40_000]);
        for (const { payload } of frames) expect(payload.equals(data)).toBe(true);
      }),
    );
  });
});

describe('TCP', () => {
  const session = (ends: Flow, said: readonly string[]) =>
    tcpFrames(
      ends,
      said.map((text, index) => ({ from: index % 2 === 0 ? 'client' : 'server', data: bytes(text) })),
    ).map((frame) => readFrame(0, Buffer.from(frame)));

  test.each(FLOWS)('a session is opened, used and closed', (ends) => {
    const frames = session(ends, ['question', 'answer']);
    expect(frames.map(({ toPort, flags }) => `${toPort === 443 ? '>' : '<'}${flags}`)).toEqual([
      '>S',
      '<SA',
      '>A',
      '>PA',
      '<A',
      '<PA',
      '>A',
      '>FA',
      '<FA',
      '>A',
    ]);
    expect(frames.every(({ checksums }) => checksums)).toBe(true);
    expect(frames.map(({ payload }) => payload.toString()).filter((text) => text !== '')).toEqual([
      'question',
      'answer',
    ]);
  });

  test('both sides count every byte that the other sent', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FLOWS),
        fc.array(fc.string({ maxLength: 5000 }), { maxLength: 4 }),
        (ends, said) => {
          // The next byte expected of each side, which the first segment of that side sets.
          const next = new Map<number, number>();
          const heard = new Map<number, string>();
          for (const { fromPort, toPort, sequence, acknowledged, flags, payload } of session(ends, said)) {
            expect(payload.length).toBeLessThanOrEqual(1400);
            if (next.has(fromPort)) expect(sequence).toBe(next.get(fromPort));
            if (flags.includes('A')) expect(acknowledged).toBe(next.get(toPort));
            next.set(fromPort, sequence + payload.length + (/[SF]/.test(flags) ? 1 : 0));
            heard.set(fromPort, `${heard.get(fromPort) ?? ''}${payload.toString('latin1')}`);
          }
          const sent = (parity: number) =>
            Buffer.from(said.filter((_, index) => index % 2 === parity).join('')).toString('latin1');
          expect(heard.get(40_000)).toBe(sent(0));
          expect(heard.get(443)).toBe(sent(1));
        },
      ),
    );
  });
});
