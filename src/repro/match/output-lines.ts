/** The lines of an output: a newline at the end begins no further line, and no output has no lines. */
export function outputLines(output: string): string[] {
  if (output === '') return [];
  return (output.endsWith('\n') ? output.slice(0, -1) : output).split('\n');
}
