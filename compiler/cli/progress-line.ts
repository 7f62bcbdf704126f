/** Progress on one line of a terminal, which goes away when the work is done. Whatever takes less than a second has none. */

import type { Progress, Unit } from '../progress.ts';
import { grouped } from '../source/words.ts';
import { isTerminal } from './colors.ts';

/** Work of less than so many milliseconds is not told. */
const PATIENCE = 1000;
/** The line is drawn anew after so many milliseconds. */
const PAUSE = 100;
/** Before that, a rate says nothing of the rest. Milliseconds. */
const SETTLED = 500;

/** Of a terminal that does not tell its own. */
const USUAL_WIDTH = 80;

const CLEAR = '\r\u001b[K';

/** A terminal, as far as it is needed. */
export interface Terminal {
  write(text: string): unknown;
  /** 0 where it is not known. */
  columns: number;
}

/** Does work with a line on the terminal, where there is one on which a line can be drawn again. */
export async function withProgress<R>(work: (line: ProgressLine | undefined) => Promise<R>): Promise<R> {
  const drawn = isTerminal('stderr') && process.env.TERM !== 'dumb';
  const line = drawn ? new ProgressLine(process.stderr) : undefined;
  try {
    return await work(line);
  } finally {
    line?.end();
  }
}

/** One line of a terminal. Must be ended. */
export class ProgressLine implements Progress {
  readonly #terminal: Terminal;
  readonly #began = performance.now();
  readonly #timer: NodeJS.Timeout;
  #name = '';
  #at = '';
  #total: number | undefined;
  #unit: Unit = 'entry';
  #done = 0;
  #phaseBegan = 0;
  #drawnAt = 0;
  #drawn = '';

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#drawnAt = this.#began + PATIENCE - PAUSE;
    // For work that says nothing for long, as an engine that runs.
    this.#timer = setInterval(() => this.#draw(), PAUSE);
    this.#timer.unref();
  }

  phase(name: string, total?: number, unit: Unit = 'entry'): void {
    this.#name = name;
    this.#at = '';
    this.#total = total;
    this.#unit = unit;
    this.#done = 0;
    this.#phaseBegan = performance.now();
    this.#draw();
  }

  at(what: string): void {
    this.#at = what;
    this.#draw();
  }

  advance(amount: number): void {
    this.#done += amount;
    this.#draw();
  }

  /** Takes the line away for something that stays; it comes back with the next step. */
  clear(): void {
    if (this.#drawn !== '') this.#terminal.write(CLEAR);
    this.#drawn = '';
  }

  /** Takes the line away. */
  end(): void {
    clearInterval(this.#timer);
    this.clear();
  }

  #draw(): void {
    const now = performance.now();
    if (now - this.#drawnAt < PAUSE) return;
    this.#drawnAt = now;
    const line = this.#line(now).slice(0, (this.#terminal.columns || USUAL_WIDTH) - 1);
    if (line === this.#drawn) return;
    this.#terminal.write(`${CLEAR}${line}`);
    this.#drawn = line;
  }

  #line(now: number): string {
    const name = this.#at === '' ? this.#name : `${this.#name} ${this.#at}`;
    const total = this.#total;
    if (total === undefined || total === 0) return name;
    const done = Math.min(this.#done, total);
    const parts = [name, `${Math.floor((done / total) * 100)} %`, amounts(done, total, this.#unit)];
    const elapsed = now - this.#phaseBegan;
    if (elapsed >= SETTLED && done > 0) {
      const rate = done / (elapsed / 1000);
      parts.push(`${amount(rate, this.#unit)}/s`, `${duration((total - done) / rate)} left`);
    }
    return parts.join('  ');
  }
}

const MEGA = 1_000_000;

function amounts(done: number, total: number, unit: Unit): string {
  if (unit === 'byte') return `${(done / MEGA).toFixed(1)} of ${amount(total, unit)}`;
  return `${grouped(done)} of ${grouped(total)} ${unit === 'entry' ? 'entries' : `${unit}s`}`;
}

function amount(value: number, unit: Unit): string {
  return unit === 'byte' ? `${(value / MEGA).toFixed(1)} MB` : grouped(Math.round(value));
}

/** `7 s`, `3 min 20 s`, `2 h 5 min`: the next full second, so that it ends with one. */
function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
