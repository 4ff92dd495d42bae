import type { View } from '../reports/view.ts';
import { paintWithColour } from '../reports/view.ts';

/**
 * Writes all of `text` and waits until it has left this process, so that a long answer through a pipe is never cut. A reader that has
 * gone away is not an error. Other errors of the stream are thrown.
 */
export async function writeAll(stream: NodeJS.WriteStream, text: string): Promise<void> {
  if (text === '') return;
  await new Promise<void>((resolve, reject) => {
    const settle = (error?: Error | null): void => {
      if (error && !isReaderGone(error)) reject(error);
      else resolve();
    };
    // The stream reports the error both to the callback and as an event; an event that nobody hears would end the process.
    stream.once('error', settle);
    stream.write(text, (error) => {
      settle(error);
      if (!error) stream.off('error', settle);
    });
  });
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
