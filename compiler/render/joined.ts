/** The code of a text in pieces. */

/** Strings to be joined: what the template says as it is, and what is computed. */
export class Joined {
  #code = '';
  #text = '';

  text(text: string): void {
    this.#text += text;
  }

  code(code: string): void {
    if (code === '""') return;
    this.#flush();
    this.#append(code);
  }

  /** An expression. */
  toString(): string {
    this.#flush();
    return this.#code || '""';
  }

  #flush(): void {
    if (this.#text !== '') this.#append(JSON.stringify(this.#text));
    this.#text = '';
  }

  #append(code: string): void {
    this.#code += this.#code === '' ? code : `+${code}`;
  }
}
