import { roles } from '../types.ts';
import type { Role } from '../types.ts';

export interface RoleHead {
  readonly role: Role;
  readonly at: string | null;
  readonly patch: string | null;
  readonly text: string | null;
}

const head = new RegExp(`^(${roles.join('|')})((?:[ \\t]+[@+][^\\s:]+){0,2})[ \\t]*(?::(?:[ \\t]+(.*))?)?$`, 's');

/** Reads `ROLE [@REV] [+PATCH]: text`, the words of a comment without its `#`; null when they are no role head. */
export function readRoleHead(comment: string): RoleHead | null {
  const found = head.exec(comment.trim());
  if (found === null) return null;
  const options = (found[2] ?? '').trim().split(/\s+/).filter((word) => word !== '');
  const revisions = options.filter((word) => word.startsWith('@'));
  const patches = options.filter((word) => word.startsWith('+'));
  if (revisions.length > 1 || patches.length > 1) return null;
  const role = roles.find((name) => name === found[1]);
  if (role === undefined) return null;
  const text = (found[3] ?? '').trim();
  return { role, at: revisions[0]?.slice(1) ?? null, patch: patches[0]?.slice(1) ?? null, text: text === '' ? null : text };
}
