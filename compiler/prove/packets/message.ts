/** What one side says to the other, whatever carries it. */

/** One message of a conversation. */
export interface Message {
  from: 'client' | 'server';
  data: Uint8Array;
}
