/** How a command ended. `code` is null when a signal ended it. */
export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
}

/** What a `→?` line accepts. */
export type StatusExpectation =
  | { readonly kind: 'codes'; readonly codes: readonly number[] }
  | { readonly kind: 'not'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'timeout' };

/** Reads `N`, `!N`, `N|M`, `SIGNAME` or `timeout`; null for anything else. Codes are 0 to 255. */
export function readStatus(text: string): StatusExpectation | null {
  if (text === 'timeout') return { kind: 'timeout' };
  if (/^SIG[A-Z0-9+-]{2,12}$/.test(text)) return { kind: 'signal', signal: text };
  const not = /^!\s*(\d{1,3})$/.exec(text);
  if (not !== null) return isCode(Number(not[1])) ? { kind: 'not', code: Number(not[1]) } : null;
  if (!/^\d{1,3}(?:\s*\|\s*\d{1,3}){0,31}$/.test(text)) return null;
  const codes = text.split('|').map(Number);
  return codes.every(isCode) ? { kind: 'codes', codes } : null;
}

/** Whether an ending is one that the expectation names. A time limit satisfies `timeout` alone. */
export function acceptsEnding(expectation: StatusExpectation, ending: Ending): boolean {
  switch (expectation.kind) {
    case 'timeout':
      return ending.timedOut;
    case 'signal':
      return !ending.timedOut && ending.signal === expectation.signal;
    case 'not':
      return !ending.timedOut && ending.code !== null && ending.code !== expectation.code;
    case 'codes':
      return !ending.timedOut && ending.code !== null && expectation.codes.includes(ending.code);
  }
}

/** Whether an expectation accepts a plain success. */
export function acceptsSuccess(expectation: StatusExpectation): boolean {
  return acceptsEnding(expectation, { code: 0, signal: null, timedOut: false });
}

function isCode(code: number): boolean {
  return code <= 255;
}
