/**
 * A resolver that says at once that it has read its rules, and follows the one about host.example only from the query on
 * whose number it is given; and where it is given a second one, follows so many, then as many not, and so on:
 * `late-resolver.cjs PORT FROM [WAVE]`.
 */

const { createSocket } = require('node:dgram');

const [port = 0, from = 0, wave = Number.POSITIVE_INFINITY] = process.argv.slice(2).map(Number);
const LISTED = Buffer.from('\x04host\x07example\0', 'latin1');
/** What the server that it should ask would say: for A and AAAA. */
const ADDRESSES = new Map([
  [1, Buffer.from('c6123535', 'hex')],
  [28, Buffer.from('20010002000000000000000000005353', 'hex')],
]);

let asked = 0;
const socket = createSocket('udp4');
socket.on('message', (query, { port: client, address }) => {
  const end = query.indexOf(0, 12) + 1;
  const question = query.subarray(12, end + 4);
  const isListed = query.subarray(12, end).equals(LISTED);
  if (isListed) asked++;
  const follows = isListed && asked >= from && Math.floor((asked - from) / wave) % 2 === 0;
  const found = /** @type {Buffer} */ (ADDRESSES.get(query.readUInt16BE(end)));
  const head = Buffer.alloc(12);
  query.copy(head, 0, 0, 2);
  head.writeUInt16BE(follows ? 0x8183 : 0x8180, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(follows ? 0 : 1, 6);
  const record = Buffer.concat([
    Buffer.from([0xc0, 0x0c]),
    query.subarray(end, end + 4),
    Buffer.from([0, 0, 0, 1, 0, found.length]),
    found,
  ]);
  socket.send(Buffer.concat([head, question, ...(follows ? [] : [record])]), client, address);
});
socket.bind(port, '127.0.0.1', () => process.stdout.write('rules are read\n'));
