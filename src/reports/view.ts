import { styleText } from 'node:util';
import type { Shade } from './shade.ts';

/** How a text is to be shown. The renderers are pure: they get their answer and a view, and give back text that ends with a line end. */
export interface View {
  /** Puts colour on a text, or gives it back as it is. Colour never says anything that words or marks do not say too. */
  paint: (shade: Shade, text: string) => string;
  /** Width of the terminal in columns; null where lines may be of any length. */
  columns: number | null;
  /** Without hints. */
  quiet: boolean;
}

export const plainView: View = { paint: (_, text) => text, columns: null, quiet: false };

export function paintWithColour(shade: Shade, text: string): string {
  return styleText(shade, text, { validateStream: false });
}
