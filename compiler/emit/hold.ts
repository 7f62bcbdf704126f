/**
 * One build at a time: who works on a folder or a lock says so in a file beside it, made with O_EXCL. What a process
 * left there that has ended is taken over.
 */

import { linkSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beside, removeFile } from './beside.ts';
import { WriteError, writeFailure } from './write-error.ts';

/** Who is at work. */
export interface Holder {
  pid: number;
  host: string;
  /** When the process began, in the system's own count: a later process may have the same number. Empty where not known. */
  start: string;
  /** For people: the moment it began to hold, ISO 8601. */
  since: string;
}

/** How a build waits for another. */
export interface Patience {
  /** How long, in milliseconds; ten seconds by default. */
  milliseconds?: number;
  /** Called once, before the first wait. */
  told?: (holder: string) => void;
}

/** The right to change a place; others wait until it is released. */
export interface Hold {
  /** Whether another had to be waited for: what was read before may have changed. */
  waited: boolean;
  release(): void;
}

/** How long another build is waited for, in milliseconds. */
const PATIENCE = 10_000;
/** How often a place that is held is looked at again, in milliseconds. */
const PAUSE = 50;
/** A file that says nothing is being written, or was by a process that ended then: after this many milliseconds. */
const UNWRITTEN = 2000;

/** Holds a place; throws WriteError where another build still holds it after `patience`, or no file can be made beside it. */
export async function hold(place: string, shown: string, patience: Patience): Promise<Hold> {
  const deadline = Date.now() + (patience.milliseconds ?? PATIENCE);
  let waited = false;
  for (;;) {
    const held = tryHold(place, shown);
    if (held) return { ...held, waited };
    const holder = describeHolder(beside(place, 'lock'));
    if (Date.now() >= deadline) throw isHeld(place, shown, holder);
    if (!waited) patience.told?.(holder);
    waited = true;
    await sleep(PAUSE);
  }
}

/** Holds a place if nobody else does; throws WriteError where no file can be made beside it. */
export function tryHold(place: string, shown: string): Hold | undefined {
  const path = beside(place, 'lock');
  const mine = `${JSON.stringify(thisProcess())}\n`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (!create(path, mine)) {
      if (!removeStale(path) || !create(path, mine)) return undefined;
    }
  } catch (error) {
    throw writeFailure(error, shown);
  }
  return { waited: false, release: () => release(path, mine) };
}

/** Whether a living process, or one of which nothing can be known, works on a place. */
export function isHeldByOther(place: string): boolean {
  const path = beside(place, 'lock');
  const text = readText(path);
  return text !== undefined && !isStale(path, text);
}

function create(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    // A file without words, as on a full disk, would keep others waiting.
    if ((error as NodeJS.ErrnoException).syscall === 'write') removeFile(path);
    throw error;
  }
}

function release(path: string, mine: string): void {
  if (readText(path) === mine) removeFile(path);
  removeFile(aside(path));
}

const aside = (path: string): string => `${path}-stale`;

/**
 * Moves what an ended process left out of the way; of several builds that try, one succeeds. One that moved the file
 * of a living build, which took over in between, gives it back.
 */
function removeStale(path: string): boolean {
  const seen = readText(path);
  if (seen === undefined) return true;
  if (!isStale(path, seen)) return false;
  try {
    renameSync(path, aside(path));
    const moved = readText(aside(path));
    if (moved !== seen) linkSync(aside(path), path);
    removeFile(aside(path));
    return moved === seen;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EEXIST') return false;
    throw error;
  }
}

function isStale(path: string, text: string): boolean {
  const holder = parseHolder(text);
  if (holder) return holder.host === hostname() && !isAlive(holder);
  const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  return Date.now() - made > UNWRITTEN;
}

function isAlive({ pid, start }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Without the right to signal it, the process is there all the same.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const { state, start: now } = processOf(pid);
  return state !== 'Z' && (start === '' || now === '' || start === now);
}

function thisProcess(): Holder {
  const since = new Date().toISOString();
  return { pid: process.pid, host: hostname(), start: processOf(process.pid).start, since };
}

/**
 * By proc(5)'s `stat`: the state, `Z` for one that has ended and is only still listed, and the clock ticks from the start of
 * the system to its own. Both empty on other systems.
 */
function processOf(pid: number): { state: string; start: string } {
  const stat = readText(`/proc/${pid}/stat`) ?? '';
  // The second field is the program's name in brackets, and may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', start: fields[19] ?? '' };
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, host, start, since } = JSON.parse(text) as Partial<Holder>;
    const whole =
      Number.isSafeInteger(pid) &&
      (pid as number) > 0 &&
      typeof host === 'string' &&
      typeof start === 'string';
    return whole ? { pid: pid as number, host, start, since: String(since) } : undefined;
  } catch {
    return undefined;
  }
}

function describeHolder(path: string): string {
  const holder = parseHolder(readText(path) ?? '');
  if (!holder) return 'an unknown process';
  const { pid, host, since } = holder;
  return `process ${pid}${host === hostname() ? '' : ` on ${host}`}, since ${since}`;
}

function isHeld(place: string, shown: string, holder: string): WriteError {
  return new WriteError({
    code: 'RF610',
    severity: 'error',
    message: `\`${shown}\` is in use by another build: ${holder}`,
    help: `wait for it to end; if it has, remove \`${basename(beside(place, 'lock'))}\` beside it`,
  });
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
