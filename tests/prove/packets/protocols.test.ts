import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { dnsLookup } from '../../../compiler/prove/packets/dns.ts';
import { ja3, ja3s, ja4 } from '../../../compiler/prove/packets/fingerprints.ts';
import { httpExchange } from '../../../compiler/prove/packets/http.ts';
import { clientInitialKeys, quicInitial } from '../../../compiler/prove/packets/quic.ts';
import { smtpSession } from '../../../compiler/prove/packets/smtp.ts';
import {
  ALPN,
  alpn,
  type ClientHello,
  encodeClientHello,
  numbers,
  POINT_FORMATS,
  SIGNATURE_ALGORITHMS,
  SUPPORTED_GROUPS,
  SUPPORTED_VERSIONS,
  serverName,
  tlsHandshake,
} from '../../../compiler/prove/packets/tls.ts';
import { certificate } from '../../../compiler/prove/packets/x509.ts';

const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');
const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString();
const nothing = new Uint8Array();

describe('DNS', () => {
  test('a question for an address, and no such name', () => {
    const [question, answer] = dnsLookup('WWW.1ds.me') ?? [];
    const asked = '000100000000000003575757033164730' + '26d650000010001';
    expect(hex(question?.data)).toBe(`1d5e0100${asked}`);
    expect(hex(answer?.data)).toBe(`1d5e8183${asked}`);
    expect([question?.from, answer?.from]).toEqual(['client', 'server']);
  });

  test('a final dot is not seen', () => {
    expect(dnsLookup('host.example.')).toEqual(dnsLookup('host.example'));
  });

  test.each([
    ['a label of 63 bytes', `${'x'.repeat(63)}.example`, true],
    ['a label of 64 bytes', `${'x'.repeat(64)}.example`, false],
    ['63 bytes that are 32 characters', `${'ü'.repeat(32)}.example`, false],
    ['255 bytes', `${`${'x'.repeat(49)}.`.repeat(5)}abc`, true],
    ['256 bytes', `${`${'x'.repeat(49)}.`.repeat(5)}abcd`, false],
    ['an empty label', 'a..example', false],
    ['nothing', '', false],
    ['a space and a quote', 'a "b".example', true],
  ])('%s', (_, name, fits) => {
    expect(dnsLookup(name) !== undefined).toBe(fits);
  });
});

describe('TLS', () => {
  test('a hello has every length right', () => {
    const hello = {
      version: 0x0303,
      ciphers: [0xc02f],
      extensions: [serverName('a.example'), alpn('h2', 'http/1.1')],
    };
    expect(hex(encodeClientHello(hello)).slice(2 * (4 + 2 + 32))).toBe(
      // no session, ciphers, no compression, extensions: the name, the protocols
      '00' +
        '0002c02f' +
        '0100' +
        '0024' +
        '0000000e000c000009612e6578616d706c65' +
        '0010000e000c02683208687474702f312e31',
    );
  });

  test('a server answers with hello, certificate and the end of its hello, each in a record', () => {
    const hello = { version: 0x0303, ciphers: [0xc02f], extensions: [] };
    const der = certificate(1, 'host.invalid');
    const [client, server] = tlsHandshake(hello, { version: 0x0303, cipher: 0xc02f, extensions: [] }, der);
    expect(hex(client?.data).slice(0, 12)).toBe('16030100' + '2f' + '01');
    const records: Buffer[] = [];
    for (let rest = Buffer.from(server?.data ?? []); rest.length > 0; ) {
      const end = 5 + rest.readUInt16BE(3);
      records.push(rest.subarray(5, end));
      rest = rest.subarray(end);
    }
    expect(records.map((record) => record[0])).toEqual([2, 11, 14]);
    for (const record of records) expect(record.readUIntBE(1, 3)).toBe(record.length - 4);
    expect(records[1]?.subarray(10).equals(der)).toBe(true);
  });
});

test.each([0, 1, 127, 128, 255, 256, 16_777_215])('a certificate with the serial number %d', (serial) => {
  const read = new X509Certificate(certificate(serial, 'host.invalid'));
  expect(Number.parseInt(read.serialNumber, 16)).toBe(serial);
  expect(read.subject).toBe('CN=host.invalid');
  expect(read.issuer).toBe('CN=host.invalid');
  expect(read.raw).toEqual(Buffer.from(certificate(serial, 'host.invalid')));
});

describe('QUIC, by the example of RFC 9001, appendix A', () => {
  const connectionId = Buffer.from('8394c8f03e515708', 'hex');
  const HELLO =
    '010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e86804fe3a47f06a2b69484c00000413011302010000c0000000' +
    '10000e00000b6578616d706c652e636f6dff01000100000a00080006001d0017001800100007000504616c706e0005000501000000' +
    '00003300260024001d00209370b2c9caa47fbabaf4559fedba753de171fa71f50f1ce15d43e994ec74d748002b0003020304000d00' +
    '10000e0403050306030203080408050806002d00020101001c00024001003900320408ffffffffffffffff05048000ffff07048000' +
    'ffff0801100104800075300901100f088394c8f03e51570806048000ffff';

  test('the keys', () => {
    const { key, iv, headerProtection } = clientInitialKeys(connectionId);
    expect([key, iv, headerProtection].map(hex)).toEqual([
      '1f369613dd76d5467730efcbe3b1a22d',
      'fa044b2f42a3fd3b46fb255c',
      '9f50449e04a0e810283a1e9933adedd2',
    ]);
  });

  test('the packet', () => {
    const packet = hex(quicInitial(Buffer.from(HELLO, 'hex'), connectionId, 2));
    expect(packet).toHaveLength(2 * 1200);
    expect(packet.slice(0, 128)).toBe(
      'c000000001088394c8f03e5157080000449e7b9aec34d1b1c98dd7689fb8ec11' +
        'd242b123dc9bd8bab936b47d92ec356c0bab7df5976d27cd449f63300099f399',
    );
    expect(packet.slice(-32)).toBe('e221af44860018ab0856972e194cd934');
  });
});

test('HTTP: texts stand in the request as they are', () => {
  const [request, response] = httpExchange(
    {
      target: '/p%61th?a b',
      headers: [
        ['Host', 'HOST.example:8080'],
        ['User-Agent', 'ü "x"'],
      ],
    },
    { headers: [['Content-Type', 'text/plain']], body: Buffer.from('four') },
  );
  expect(text(request?.data)).toBe(
    'GET /p%61th?a b HTTP/1.1\r\nHost: HOST.example:8080\r\nUser-Agent: ü "x"\r\n\r\n',
  );
  expect(text(response?.data)).toBe(
    'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nfour',
  );
});

test('SMTP: envelope, headers and an attachment in base64', () => {
  const said = smtpSession({
    envelope: { from: 'a@host.example', to: 'b@host.example' },
    from: '"A" <c@host.example>',
    to: 'd@host.example',
    attachment: { name: 'a "b".exe', content: Buffer.alloc(60, 0xff) },
  });
  const client = said
    .filter(({ from }) => from === 'client')
    .map(({ data }) => text(data))
    .join('');
  for (const line of [
    'MAIL FROM:<a@host.example>',
    'RCPT TO:<b@host.example>',
    'From: "A" <c@host.example>',
    'To: d@host.example',
    String.raw`Content-Disposition: attachment; filename="a \"b\".exe"`,
    '/'.repeat(76),
    '/'.repeat(4),
    '.',
  ]) {
    expect(client.split('\r\n')).toContain(line);
  }
  expect(said[0]).toMatchObject({ from: 'server' });
  expect(said.map(({ from }) => from)).toEqual(
    said.map((_, index) => (index % 2 === 0 ? 'server' : 'client')),
  );
});

describe('fingerprints, by the examples of their authors', () => {
  test('JA3', () => {
    const hello: ClientHello = {
      version: 769,
      ciphers: [0x2a2a, 47, 53, 5, 10, 49161, 49162, 49171, 49172, 50, 56, 19, 4],
      extensions: [
        serverName('host.example'),
        numbers(SUPPORTED_GROUPS, [0xfafa, 23, 24, 25]),
        { type: POINT_FORMATS, data: Uint8Array.of(1, 0) },
      ],
    };
    expect(ja3(hello)).toBe('ada70206e40642a3e4461f35503241d5');
    expect(ja3({ version: 769, ciphers: [4, 5, 10, 9, 100, 98, 3, 6, 19, 18, 99], extensions: [] })).toBe(
      'de350869b8c85de67a350c8d186f11e6',
    );
  });

  test('JA3S, the MD5 of `769,47,65281-0-11-35-5-16`', () => {
    const extensions = [65281, 0, 11, 35, 5, 16].map((type) => ({ type, data: nothing }));
    expect(ja3s({ version: 769, cipher: 47, extensions })).toBe('836ce314215654b5b1f85f97c73e506f');
  });

  test('JA4', () => {
    const types = [
      0x1a1a,
      0x1b,
      0,
      0x33,
      ALPN,
      0x4469,
      0x17,
      0x2d,
      SIGNATURE_ALGORITHMS,
      5,
      0x23,
      0x12,
      SUPPORTED_VERSIONS,
      0xff01,
      0x0b,
      0x0a,
      0x2a2a,
      0x15,
    ];
    const own = [
      alpn('h2', 'http/1.1'),
      numbers(SIGNATURE_ALGORITHMS, [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601]),
      { type: SUPPORTED_VERSIONS, data: Uint8Array.of(6, 0x3a, 0x3a, 3, 4, 3, 3) },
    ];
    const hello: ClientHello = {
      version: 0x0303,
      ciphers: [
        0x2a2a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x9c,
        0x9d, 0x2f, 0x35,
      ],
      extensions: types.map((type) => own.find((one) => one.type === type) ?? { type, data: nothing }),
    };
    expect(ja4(hello, 't')).toBe('t13d1516h2_8daaf6152771_e5627efa2ab1');
    expect(ja4(hello, 'q')).toBe('q13d1516h2_8daaf6152771_e5627efa2ab1');
    expect(ja4({ ...hello, extensions: [] }, 't')).toMatch(/^t12i150000_8daaf6152771_/);
  });
});
