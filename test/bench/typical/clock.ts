/** Times as they stand in documents, from seconds since 1970. */
export function day(at: number): string {
  return new Date(at * 1000).toISOString().slice(0, 10);
}

export function minute(at: number): string {
  return `${new Date(at * 1000).toISOString().slice(0, 16)}Z`;
}
