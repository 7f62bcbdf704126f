/** Capture files in the classic pcap format (draft-ietf-opsawg-pcap): little-endian, microseconds, Ethernet. */

/** A frame and when it was seen. */
export interface CapturedFrame {
  /** Microseconds since 1970. */
  time: number;
  /** The whole Ethernet frame. */
  bytes: Uint8Array;
}

const MAGIC = 0xa1b2c3d4;
const LINKTYPE_ETHERNET = 1;
const SNAP_LENGTH = 0x40000;
const FILE_HEADER = 24;
const RECORD_HEADER = 16;

/** A whole file. The frames stand in the order given, which should be that of time. */
export function pcapFile(frames: readonly CapturedFrame[]): Uint8Array {
  const size = frames.reduce((sum, { bytes }) => sum + RECORD_HEADER + bytes.length, FILE_HEADER);
  const file = new Uint8Array(size);
  const view = new DataView(file.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, SNAP_LENGTH, true);
  view.setUint32(20, LINKTYPE_ETHERNET, true);
  let at = FILE_HEADER;
  for (const { time, bytes } of frames) {
    view.setUint32(at, Math.floor(time / 1_000_000), true);
    view.setUint32(at + 4, time % 1_000_000, true);
    view.setUint32(at + 8, bytes.length, true);
    view.setUint32(at + 12, bytes.length, true);
    file.set(bytes, at + RECORD_HEADER);
    at += RECORD_HEADER + bytes.length;
  }
  return file;
}
