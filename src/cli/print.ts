import type { View } from '../reports/view.ts';
import { paintWithColour } from '../reports/view.ts';

/**
 * Writes all of `text` and waits until it has left this process, so that a long answer through a pipe is never cut. Gives the error of a
 * stream that cannot be written to; a reader that has gone away is none.
 */
export function writeAll(stream: NodeJS.WriteStream, text: string): Promise<Error | null> {
  if (text === '') return Promise.resolve(null);
  return new Promise((resolve) => {
    const settle = (error?: Error | null): void => resolve(error && !isReaderGone(error) ? error : null);
    // The stream reports the error both to the callback and as an event; an event that nobody hears would end the process.
    stream.once('error', settle);
    stream.write(text, settle);
  });
}

/** Writes one line of an answer that has no end; false when the reader has gone away. Throws for a stream that cannot be written to. */
export async function writeLine(stream: NodeJS.WriteStream, line: string): Promise<boolean> {
  const error = await new Promise<Error | null>((resolve) => {
    const fail = (reason: Error): void => resolve(reason);
    stream.once('error', fail);
    stream.write(`${line}\n`, (reason) => {
      // The event of an error comes after its callback, and must be heard.
      if (!reason) stream.off('error', fail);
      resolve(reason ?? null);
    });
  });
  if (error && !isReaderGone(error)) throw error;
  return error === null;
}

function isReaderGone(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}

/** How text goes to a stream: in colour only on a terminal, or where FORCE_COLOR says so; NO_COLOR and a dumb terminal say no. */
export function chooseView(stream: NodeJS.WriteStream, quiet: boolean, environment: NodeJS.ProcessEnv): View {
  const forced = environment['FORCE_COLOR'];
  const refused = (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  const colour = forced === undefined ? stream.isTTY && !refused : forced !== '0' && forced !== 'false';
  return { paint: colour ? paintWithColour : (_, text) => text, columns: stream.isTTY ? stream.columns : null, quiet };
}
