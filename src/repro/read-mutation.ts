import type { Fence } from './types.ts';

/** A patch that stands in a document under a name, for `+NAME` of a negative control. */
export interface Mutation {
  readonly id: string;
  /** Ends in a newline, as `git apply` wants it. */
  readonly patch: string;
  readonly line: number;
}

/** Reads a fence whose info string is `diff repro-mutation id=NAME`; null for every other fence. */
export function readMutation(fence: Fence): Mutation | null {
  const words = fence.meta?.split(/\s+/) ?? [];
  if (!words.includes('repro-mutation')) return null;
  const id = words.find((word) => word.startsWith('id='))?.slice(3) ?? '';
  return /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(id) ? { id, patch: `${fence.body}\n`, line: fence.line } : null;
}
