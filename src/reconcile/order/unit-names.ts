/** Names of units as systemd takes them: systemd.unit(5), "Description". */

const TYPES = ['service', 'socket', 'target', 'timer', 'path', 'mount', 'automount', 'swap', 'device', 'slice', 'scope'] as const;
export type UnitType = (typeof TYPES)[number];

const NAME = new RegExp(`^[A-Za-z0-9:_.\\\\@-]+\\.(${TYPES.join('|')})$`);
const LONGEST = 255;

export function isUnitName(name: string): boolean {
  return name.length <= LONGEST && NAME.test(name);
}

export function typeOf(unit: string): UnitType | null {
  const suffix = unit.slice(unit.lastIndexOf('.') + 1);
  return TYPES.find((type) => type === suffix) ?? null;
}

/** As `systemctl` completes what is typed: without a type it is a service. `compose:NAME` stays. */
export function completeName(name: string): string {
  return name.startsWith('compose:') || isUnitName(name) ? name : `${name}.service`;
}

export interface NameParts {
  /** What stands before the `@`, or before the type. */
  prefix: string;
  /** Null: no template; empty: the template itself. */
  instance: string | null;
  type: string;
}

export function splitName(unit: string): NameParts {
  const dot = unit.lastIndexOf('.');
  const at = unit.indexOf('@');
  const isTemplated = at >= 0 && at < dot;
  return { prefix: unit.slice(0, isTemplated ? at : dot), instance: isTemplated ? unit.slice(at + 1, dot) : null, type: unit.slice(dot + 1) };
}

/** `getty@tty1.service` comes from `getty@.service`; null for what is no instance. */
export function templateOf(unit: string): string | null {
  const { prefix, instance, type } = splitName(unit);
  return instance ? `${prefix}@.${type}` : null;
}

/** The folders whose `*.conf` files belong to a unit, the most special first: its own, its template's, those of every prefix
 *  that ends with a dash, and that of its type. Of an instance every prefix counts as instance, as template and plain. */
export function dropInFolders(unit: string): string[] {
  const { prefix, instance, type } = splitName(unit);
  const endings = [...(instance ? [`@${instance}`] : []), ...(instance === null ? [] : ['@'])];
  const folders = instance === null ? [unit] : endings.map((ending) => `${prefix}${ending}.${type}`);
  for (let dash = prefix.lastIndexOf('-', prefix.length - 2); dash > 0; dash = prefix.lastIndexOf('-', dash - 1)) {
    folders.push(...[...endings, ''].map((ending) => `${prefix.slice(0, dash + 1)}${ending}.${type}`));
  }
  return [...folders, type].map((name) => `${name}.d`);
}
