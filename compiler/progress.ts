/** How far a command is, for people who wait. */

import type { RenderedFile } from './render/request.ts';

/** What is counted. */
export type Unit = 'byte' | 'indicator' | 'entry' | 'target';

/** Hears how far a command is. Nothing that it does changes what is built. */
export interface Progress {
  /** What is done from here on, and how much of it there is, where that is known. */
  phase(name: string, total?: number, unit?: Unit): void;
  /** What of it is at work just now: a target. */
  at(what: string): void;
  /** So much more of it is done. */
  advance(amount: number): void;
}

/** Targets one after another, each told when it is at work. */
export function* toldTargets<T extends { name: string }>(
  phase: string,
  targets: readonly T[],
  progress: Progress | undefined,
): Generator<T> {
  progress?.phase(phase, targets.length, 'target');
  for (const target of targets) {
    progress?.at(target.name);
    yield target;
    progress?.advance(1);
  }
}

/** Texts are counted so many at once: asking after every one of a million would be felt. */
const STEP = 256;

/** The files with their entries told as they are drawn: about a text each, and exactly all at the end of a file. */
export function toldFile<F extends Pick<RenderedFile, 'chunks' | 'entries'>>(file: F, progress: Progress): F {
  function* told(): Generator<string> {
    let drawn = 0;
    let heard = 0;
    for (const chunk of file.chunks) {
      yield chunk;
      drawn += 1;
      if (drawn - heard < STEP || drawn > file.entries) continue;
      progress.advance(drawn - heard);
      heard = drawn;
    }
    progress.advance(file.entries - heard);
  }
  return { ...file, chunks: told() };
}
