/** What one side says to the other, whatever carries it. */

export interface Message {
  from: 'client' | 'server';
  data: Uint8Array;
}
