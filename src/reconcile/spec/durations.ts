const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** The longest wait that the machine's timers can take in one piece, about 24 days. */
const LONGEST = 2 ** 31 - 1;

/** `250ms`, `10s`, `1.5m`, `2h` in milliseconds; null when it is not a duration or longer than a timer can wait. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h)$/.exec(text);
  const unit = UNITS[match?.[2] ?? ''];
  if (!match || unit === undefined) return null;
  const ms = Math.round(Number(match[1]) * unit);
  return ms <= LONGEST ? ms : null;
}
