/** Reads captures back, knowing nothing of how they were written. */

export interface ReadFrame {
  /** Microseconds since 1970. */
  time: number;
  family: 4 | 6;
  protocol: number;
  /** `address port`, the address as bytes in hexadecimal. */
  from: string;
  to: string;
  fromPort: number;
  toPort: number;
  /** Whether the header of IPv4 and the transport both sum up. */
  checksums: boolean;
  /** TCP alone. */
  sequence: number;
  acknowledged: number;
  flags: string;
  payload: Buffer;
}

export function readPcap(file: Uint8Array): ReadFrame[] {
  const bytes = Buffer.from(file);
  if (bytes.readUInt32LE(0) !== 0xa1b2c3d4 || bytes.readUInt32LE(20) !== 1)
    throw new Error('no Ethernet capture');
  const frames: ReadFrame[] = [];
  for (let at = 24; at < bytes.length; ) {
    const time = bytes.readUInt32LE(at) * 1e6 + bytes.readUInt32LE(at + 4);
    const length = bytes.readUInt32LE(at + 8);
    if (bytes.readUInt32LE(at + 12) !== length) throw new Error('a frame is cut');
    frames.push(readFrame(time, bytes.subarray(at + 16, at + 16 + length)));
    at += 16 + length;
  }
  return frames;
}

export function readFrame(time: number, bytes: Buffer): ReadFrame {
  const family = bytes.readUInt16BE(12) === 0x86dd ? 6 : 4;
  const packet = bytes.subarray(14);
  const header = family === 4 ? (packet.readUInt8(0) & 15) * 4 : 40;
  const length = family === 4 ? packet.readUInt16BE(2) : packet.readUInt16BE(4) + 40;
  if (length !== packet.length || packet.readUInt8(0) >> 4 !== family)
    throw new Error('wrong length or version');
  const protocol = packet.readUInt8(family === 4 ? 9 : 6);
  const addresses = family === 4 ? packet.subarray(12, 20) : packet.subarray(8, 40);
  const half = addresses.length / 2;
  const segment = packet.subarray(header);
  const pseudo = Buffer.alloc(8);
  pseudo.writeUInt32BE(segment.length, 0);
  pseudo.writeUInt32BE(protocol, 4);
  const sums = [
    Buffer.concat([addresses, pseudo, segment]),
    ...(family === 4 ? [packet.subarray(0, header)] : []),
  ];
  const tcp = protocol === 6;
  return {
    time,
    family,
    protocol,
    from: addresses.subarray(0, half).toString('hex'),
    to: addresses.subarray(half).toString('hex'),
    fromPort: segment.readUInt16BE(0),
    toPort: segment.readUInt16BE(2),
    checksums: sums.every((part) => sum16(part) === 0xffff),
    sequence: tcp ? segment.readUInt32BE(4) : 0,
    acknowledged: tcp ? segment.readUInt32BE(8) : 0,
    flags: tcp ? flagsOf(segment.readUInt8(13)) : '',
    payload: segment.subarray(tcp ? (segment.readUInt8(12) >> 4) * 4 : 8),
  };
}

/** The sum that a packet with a right checksum has: all ones. */
function sum16(bytes: Buffer): number {
  let sum = 0;
  for (const [index, byte] of bytes.entries()) sum += index % 2 === 0 ? byte * 256 : byte;
  while (sum > 0xffff) sum = (sum % 0x10000) + Math.floor(sum / 0x10000);
  return sum;
}

function flagsOf(byte: number): string {
  return [...'FSRPAU'].filter((_, bit) => byte & (1 << bit)).join('');
}
