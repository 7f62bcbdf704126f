/** The files that places of stored parts are in, without their texts: lines begin where they did, as far as messages ask. */

import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { StreamedFile } from '../diagnostics/streamed-file.ts';
import { Column } from '../indicators/column.ts';
import type { StoredDiagnostic, StoredSpan } from './shard-format.ts';

/** Where some lines of a file begin. */
class Lines {
  readonly #numbers = new Column((size) => new Uint32Array(size));
  readonly #starts = new Column((size) => new Uint32Array(size));

  add(number: number, start: number): void {
    this.#numbers.push(number);
    this.#starts.push(start);
  }

  /** Tells the file where its lines begin. One of which that is not known begins with the next that is. */
  tell(file: StreamedFile): void {
    const places = Uint32Array.from({ length: this.#numbers.size }, (_, place) => place);
    places.sort((a, b) => this.#numbers.at(a) - this.#numbers.at(b));
    let told = 0;
    for (const place of places)
      for (; told < this.#numbers.at(place); told++) file.beginLine(this.#starts.at(place));
  }
}

/** Files by the numbers that parts give them. */
export class RestoredFiles {
  readonly #files: readonly SourceFile[];
  readonly #lines = new Map<SourceFile, Lines>();

  constructor(files: readonly SourceFile[]) {
    this.#files = files;
    for (const file of files) if (file instanceof StreamedFile) this.#lines.set(file, new Lines());
  }

  /** Throws RangeError for a number that no file has. */
  at(number: number): SourceFile {
    const file = this.#files[number];
    if (!file) throw new RangeError('a place is in no file');
    return file;
  }

  /** Takes note of where a line begins; of a file that is not streamed that is known. */
  note(file: SourceFile, line: number, start: number): void {
    this.#lines.get(file)?.add(line, start);
  }

  /** A stored place. Its lines are shown with their texts from now on. */
  span({ file: number, start, end, lines }: StoredSpan): Span {
    const file = this.at(number);
    for (const [line, lineStart, text] of lines) {
      this.note(file, line, lineStart);
      if (text !== null && file instanceof StreamedFile) file.keep(line, text);
    }
    return { file, start, end };
  }

  diagnostic({ span, related, ...rest }: StoredDiagnostic): Diagnostic {
    return {
      ...rest,
      ...(span && { span: this.span(span) }),
      ...(related && { related: related.map((one) => ({ ...one, span: this.span(one.span) })) }),
    };
  }

  /** Ends the taking of notes: places have positions from now on. */
  finish(): void {
    for (const [file, lines] of this.#lines) lines.tell(file as StreamedFile);
  }
}
