/** The entries of a file that is drawn twice are rendered once, as far as their texts can be kept meanwhile. */

import type { EntryRenderer, PassSource } from './template.ts';

/** So many characters are kept, so that memory has a limit whatever is listed. */
const MOST = 1 << 25;

/** The texts of the passes of one file, which only the file's serial tells from those of the next time. */
export class KeptTexts {
  readonly #texts = new Map<string, readonly string[]>();
  #room: number;

  constructor(most = MOST) {
    this.#room = most;
  }

  /** The same sources: the second time that one is asked, it gives what it gave before. */
  with(sources: ReadonlyMap<string, PassSource>): Map<string, PassSource> {
    return new Map(
      Array.from(sources, ([pass, { size, texts }]) => [
        pass,
        { size, texts: (renderer) => this.#drawn(pass, texts, renderer) },
      ]),
    );
  }

  *#drawn(pass: string, texts: PassSource['texts'], renderer: EntryRenderer): Generator<string> {
    const known = this.#texts.get(pass);
    if (known) {
      yield* known;
      return;
    }
    const kept: string[] = [];
    for (const text of texts(renderer)) {
      this.#room -= text.length;
      if (this.#room >= 0) kept.push(text);
      else kept.length = 0;
      yield text;
    }
    if (this.#room >= 0 && !renderer.numbered) this.#texts.set(pass, kept);
  }
}
