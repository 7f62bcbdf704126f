import { expect, test } from 'vitest';
import type { Kind } from '../../compiler/indicators/kind.ts';
import { KINDS } from '../../compiler/indicators/kind.ts';
import type { Case } from '../../compiler/prove/behaviour.ts';
import { capture, observe } from '../../compiler/prove/capture.ts';
import { NOT_CARRIED, sightings } from '../../compiler/prove/traffic.ts';
import { readPcap } from './packets/read.ts';

const seen = (kind: Kind, text: string, id = 0): Case => ({ id, kind, text, expect: 'match', about: '' });

/** An address as `readPcap` gives it. */
const HOME_CLIENT = 'c6120001';

test.each<[Kind, string, string[]]>([
  ['domain', 'host.example', ['DNS query', 'TLS SNI', 'HTTP host', 'QUIC SNI']],
  ['domain', `${'x'.repeat(300)}.example`, ['TLS SNI', 'HTTP host', 'QUIC SNI']],
  ['domain', `${'x'.repeat(1500)}.example`, ['TLS SNI', 'HTTP host']],
  ['ip', '192.0.2.1', ['TCP connection', 'UDP flow']],
  ['cidr', '2001:db8::1', ['TCP connection', 'UDP flow']],
  ['cidr', '192.0.2.0/24', []],
  ['endpoint', '192.0.2.1:443', ['TCP connection']],
  ['endpoint', '[2001:db8::1]:443', ['TCP connection']],
  ['endpoint', 'host.example:443', ['TLS SNI', 'HTTP host', 'QUIC SNI']],
  ['endpoint', 'host.example', []],
  ['url', 'http://host.example/a', ['HTTP request']],
  ['url', 'https://host.example/a', ['TLS SNI']],
  ['url', 'https://192.0.2.1/a', []],
  ['url', 'ftp://host.example/a', []],
  ['url', 'not a URL', []],
  ['email', 'a@host.example', ['MAIL FROM', 'RCPT TO', 'From header']],
  ['user_agent', 'x', ['User-Agent']],
  ['file_name', 'a.exe', ['HTTP download', 'Content-Disposition', 'mail attachment']],
  ['file_name', 'a"b.exe', ['HTTP download']],
  ['hash', 'a'.repeat(32), ['HTTP download', 'mail attachment']],
  ['ja3', 'a'.repeat(32), ['TLS hello']],
  ['ja3s', 'a'.repeat(32), ['TLS hello']],
  ['ja4', 't13d1516h2_8daaf6152771_e5627efa2ab1', ['TLS hello']],
  ['ja4', 'q13d1516h2_8daaf6152771_e5627efa2ab1', ['QUIC hello']],
  ['ja4', 'dd2d1516h2_8daaf6152771_e5627efa2ab1', []],
  ['certificate', 'a'.repeat(40), ['TLS certificate']],
])('%s %s is seen', (kind, text, carriers) => {
  expect(sightings(seen(kind, text)).map(({ carrier }) => carrier)).toEqual(carriers);
});

test('every kind is carried, or it is said why not', () => {
  const without = KINDS.filter((kind) => NOT_CARRIED.some((one) => one.kind === kind));
  expect(without).toEqual(['file_path', 'registry_key', 'mutex']);
  for (const kind of without) expect(sightings(seen(kind, 'C:\\a'))).toEqual([]);
});

test.each([
  ['http://HOST.example/p%61th?q#f', 80, 'GET /p%61th?q HTTP/1.1\r\nHost: HOST.example\r\n'],
  ['http://host.example:80/', 80, 'GET / HTTP/1.1\r\nHost: host.example\r\n'],
  ['http://host.example:8080', 8080, 'GET / HTTP/1.1\r\nHost: host.example:8080\r\n'],
  ['http://user:p@ss@host.example?q=/', 80, 'GET /?q=/ HTTP/1.1\r\nHost: host.example\r\n'],
  ['http://[2001:db8::1]:81/a', 81, 'GET /a HTTP/1.1\r\nHost: [2001:db8::1]:81\r\n'],
  ['HTTP://192.0.2.1/a', 80, 'GET /a HTTP/1.1\r\nHost: 192.0.2.1\r\n'],
])('the request for %s', (text, port, request) => {
  const [sighting] = sightings(seen('url', text));
  expect(sighting?.port).toBe(port);
  expect(Buffer.from(sighting?.messages[0]?.data ?? []).toString()).toMatch(request);
  expect(typeof sighting?.server).toBe(/\[|192/.test(text) ? 'object' : 'string');
});

test('one client speaks to a server of its own each time', () => {
  const { pcap, flows } = capture([seen('domain', 'a.example', 1), seen('email', 'a@b.example', 2)]);
  const frames = readPcap(pcap);
  const ports = flows.map(({ client }) => client.port);
  expect(new Set(ports).size).toBe(7);
  const clients = frames.filter(({ fromPort }) => ports.includes(fromPort));
  expect(new Set(clients.map(({ from }) => from))).toEqual(new Set([HOME_CLIENT]));
  expect(new Set(clients.map(({ to }) => to)).size).toBe(7);
  // Mail goes to a server of the home network.
  expect(clients.filter(({ toPort }) => toPort === 25).every(({ to }) => to.startsWith('c612'))).toBe(true);
  expect(clients.filter(({ toPort }) => toPort !== 25).every(({ to }) => to.startsWith('c613'))).toBe(true);
  expect(frames.every(({ checksums }) => checksums)).toBe(true);
});

test('flows between the same hosts are a day apart, and time never goes back', () => {
  const cases = ['192.0.2.1', '2001:db8::1', '192.0.2.1'].map((text, id) => seen('ip', text, id));
  const frames = readPcap(capture(cases).pcap);
  const days = (to: string) =>
    new Set(frames.filter((frame) => frame.to === to).map(({ time }) => Math.floor(time / 86_400e6)));
  expect(days('c0000201').size).toBe(4);
  expect(days('20010db8000000000000000000000001').size).toBe(2);
  const times = frames.map(({ time }) => time);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test('when the ports of one client are used up there is another', () => {
  const cases = Array.from({ length: 55_400 }, (_, id) => seen('user_agent', 'x', id));
  const { flows } = capture(cases);
  const clients = flows.map(({ client }) => Buffer.from(client.address.bytes).toString('hex'));
  expect(new Set(clients)).toEqual(new Set([HOME_CLIENT, 'c6120002']));
  expect(new Set(flows.map(({ client }, index) => `${clients[index]} ${client.port}`)).size).toBe(55_400);
});

test('hits are told at the flows they are in', () => {
  const { flows } = capture([seen('ip', '2001:db8::1', 5), seen('ip', '192.0.2.1', 6)]);
  const [six, , four] = flows;
  expect([six?.client.address.family, four?.client.address.family]).toEqual([6, 4]);
  const hits = [
    { address: '2001:0002:0000:0000:0000:0000:0000:0001', port: six?.client.port ?? 0, rule: '2' },
    { address: '2001:2::1', port: six?.client.port ?? 0, rule: '1' },
    { address: '2001:2::1', port: six?.client.port ?? 0, rule: '2' },
    { address: '198.18.0.1', port: four?.client.port ?? 0, rule: '3' },
    { address: '198.18.0.1', port: 80, rule: '4' },
    { address: 'host.example', port: 80, rule: '5' },
  ];
  expect(observe(flows, hits)).toEqual([
    { case: 5, carrier: 'TCP connection', rules: ['1', '2'] },
    { case: 5, carrier: 'UDP flow', rules: [] },
    { case: 6, carrier: 'TCP connection', rules: ['3'] },
    { case: 6, carrier: 'UDP flow', rules: [] },
  ]);
});

test('a capture of nothing has a packet nevertheless, since no engine likes one without', () => {
  const { pcap, flows } = capture([]);
  expect(flows).toEqual([]);
  expect(readPcap(pcap)).toMatchObject([{ protocol: 17, checksums: true, payload: Buffer.alloc(0) }]);
});
