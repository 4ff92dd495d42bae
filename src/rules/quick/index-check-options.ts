import type { Role } from '../../contract/schema/entry.ts';

export interface IndexCheckOptions {
  /** Whose commit it is to be, where that is known. */
  role: Role | null;
  /** Who makes it, for the roles that the configuration gives authors. */
  author: { name: string; email: string } | null;
  /** Seconds since 1970. */
  clock: number;
}
