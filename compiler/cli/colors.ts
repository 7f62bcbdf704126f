/** Whether a stream is to have colours. */

/** On a terminal only; NO_COLOR and FORCE_COLOR are honoured. */
export function isColored(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  return !NO_COLOR && (Boolean(FORCE_COLOR) || stream.isTTY === true);
}
