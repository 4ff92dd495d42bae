import type { z } from 'zod';
import type { briefSchema } from '../contract/schema/answers.ts';
import { textOfCut, textOfDropped, textOfItem } from '../queries/brief/fit-budget.ts';
import type { View } from './view.ts';

/** A brief as an agent reads it; what was cut is said where it was, with the command that shows it. */
export function renderBrief({ sections, dropped, whole }: Pick<z.infer<typeof briefSchema>, 'sections' | 'dropped' | 'whole'>, view: View): string {
  const parts = sections.map((section) => [view.paint('bold', `## ${section.title}`), ...section.items.map(textOfItem), ...(section.cut === 0 ? [] : [view.paint('dim', textOfCut(section))])].join('\n'));
  return [...parts, ...(whole === null ? [] : [textOfDropped(dropped, whole)])].map((part) => `${part}\n`).join('\n');
}
