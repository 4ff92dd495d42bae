import { matchPaths, readOrder, readSpec, type Edge, type InfraSpec, type Order, type ReadTree } from '../../../src/reconcile/index.ts';

/** Files in memory. */
function treeOf(files: Record<string, string>): ReadTree {
  return {
    list: (globs) => Promise.resolve(Object.keys(files).filter(matchPaths(globs))),
    read: (path) => Promise.resolve(files[path] ?? null),
  };
}

export function specOf(fields: Record<string, unknown>): InfraSpec {
  const reading = readSpec(JSON.stringify({ version: 1, apps: {}, ...fields }, null, 1), 'machine-docs/infra.yaml');
  if (!reading.ok) throw new Error(JSON.stringify(reading.errors, null, 1));
  return reading.spec;
}

/** The order of some unit files and modules, without gates unless apps are given. */
export function orderOf(files: Record<string, string>, apps: Record<string, unknown> = {}): Promise<Order> {
  return readOrder(specOf({ apps, order: { units: ['u/*', 'nix/**/*.nix'], compose: ['compose*.yml'] } }), treeOf(files));
}

/** `from > to`, sorted: what most tests want to know. */
export const arrows = (edges: readonly Edge[]): string[] => [...new Set(edges.map(({ from, to }) => `${from} > ${to}`))].sort();

/** A module around the body of `systemd`. */
export const nix = (body: string): string => `{ config, lib, pkgs, ... }:\n{\n${body}\n}\n`;
