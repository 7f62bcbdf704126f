/** Where the bytes of feeds come from: an interface, because the compiler also runs where there are no files. */

/** A feed that is open. */
export interface FeedBytes {
  /**
   * What it holds, gunzipped where its name ends with `.gz`. A chunk holds until the next is asked for: its bytes may
   * be written over then. Throws FeedError where it cannot be read.
   */
  chunks: AsyncIterable<Uint8Array>;
  /** How many bytes that is, where it is known before they are read. */
  size?: number | undefined;
  /** Of the file as it is stored, in hexadecimal; known when all chunks are read. */
  sha256(): string;
}

/** Opens the feeds of a project. Paths are those of messages: relative to where the command runs, with `/`. */
export interface FeedFiles {
  open(path: string): FeedBytes;
  /** The same path from the project's root; it begins with `../` outside of it. */
  fromRoot(path: string): string;
}
