import type { z } from 'zod';
import type { reportSchema } from '../contract/schema/answers.ts';
import type { View } from './view.ts';

/** Where the report was written, and how large it is. */
export function renderReportWritten({ path, bytes }: z.infer<typeof reportSchema>, view: View): string {
  return `written  ${path}\n         ${view.paint('dim', `${sizeOf(bytes ?? 0)}, to be opened in a browser`)}\n`;
}

function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
