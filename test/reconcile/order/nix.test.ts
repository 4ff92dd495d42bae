import { assert, property, string, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNix } from '../../../src/reconcile/order/nix/parse-nix.ts';
import { NixFault } from '../../../src/reconcile/order/nix/read-tokens.ts';
import { arrows, nix, orderOf } from './specimens.ts';

/** [what, a module (or the body of one), what it orders]. */
const READ: [string, string, string[]][] = [
  ['one path', 'systemd.services.a = { after = [ "x.service" ]; };', ['a.service > x.service']],
  ['a path to the list itself', 'systemd.services.a.after = [ "x.service" "y.target" ];', ['a.service > x.service', 'a.service > y.target']],
  ['nested sets', 'systemd = { services = { a = { after = [ "x.service" ]; }; b.before = [ "a.service" ]; }; };', ['a.service > b.service', 'a.service > x.service']],
  ['sets under services', 'systemd.services = { a = { after = [ "x.service" ]; }; "b" = { before = [ "y.service" ]; }; };', ['a.service > x.service', 'y.service > b.service']],
  ['below config', 'config.systemd.services.a.after = [ "x.service" ];', ['a.service > x.service']],
  ['below config as a set', 'options.systemd.services.no.after = [ "n.service" ]; config = { systemd.services.a.after = [ "x.service" ]; };', ['a.service > x.service']],
  ['other kinds of units', 'systemd.targets.t.after = [ "x.service" ]; systemd.sockets.s.before = [ "y.service" ]; systemd.paths."p".after = [ "z.service" ];', ['p.path > z.service', 't.target > x.service', 'y.service > s.socket']],
  ['a timer starts its service', 'systemd.services.a = { }; systemd.timers.a = { };', ['a.service > a.timer']],
  ['a timer of another name', 'systemd.timers.night = { timerConfig.Unit = "a.service"; };', ['a.service > night.timer']],
  ['wantedBy a target', 'systemd.services.a.wantedBy = [ "multi-user.target" ];', ['multi-user.target > a.service']],
  ['a template', 'systemd.services."t@" = { after = [ "dep-%i.service" ]; }; systemd.services.a.after = [ "t@x.service" ];', ['a.service > t@x.service', 't@x.service > dep-x.service']],
  ['comments', 'systemd.services.a = { # after = [ "no.service" ];\n /* before = [ "no.service" ]; */ after = [ /* "no.service" */ "x.service" # "no.service"\n ]; };', ['a.service > x.service']],
  ['texts that look like code', 'systemd.services.a = { script = \'\'\n after = [ "no.service" ];\n \'\'\'\'$ ${ "}" } \'\'${no} \'\'; description = "systemd.services.b.after = [ \\"no.service\\" ]; \\${"; after = [ "x.service" ]; };', ['a.service > x.service']],
  ['texts with something put in, elsewhere', 'systemd.services.a = { serviceConfig.ExecStart = "${pkgs.hello}/bin/hello ${lib.concatStringsSep " " [ "a" ]}"; after = [ "x.service" ]; };', ['a.service > x.service']],
  ['sums of lists', 'systemd.services.a.after = [ "x.service" ] ++ [ "y.service" ];', ['a.service > x.service', 'a.service > y.service']],
  ['under a condition', 'systemd.services.a.after = [ "x.service" ] ++ lib.optional config.services.y.enable "y.service" ++ lib.optionals (1 == 2) [ "z.service" ];', ['a.service > x.service', 'a.service > y.service', 'a.service > z.service']],
  ['mkIf around a unit', 'systemd.services.a = lib.mkIf (config.x && !config.y) { after = [ "x.service" ]; };', ['a.service > x.service']],
  ['mkIf around all', 'config = lib.mkIf config.x { systemd.services.a.after = [ "x.service" ]; };', ['a.service > x.service']],
  ['mkMerge', 'systemd = lib.mkMerge [ { services.a.after = [ "x.service" ]; } (lib.mkIf true { services.b.after = [ "a.service" ]; }) ];', ['a.service > x.service', 'b.service > a.service']],
  ['if and else', 'systemd.services.a.after = if config.x then [ "x.service" ] else [ "y.service" ];', ['a.service > x.service', 'a.service > y.service']],
  ['mkForce replaces', 'systemd.services.a.after = [ "x.service" ]; systemd.services."a".after = lib.mkForce [ "y.service" ];', ['a.service > y.service']],
  ['mkForce of nothing replaces', 'systemd.services.a.after = [ "x.service" ]; systemd.services."a".after = lib.mkForce [ ]; systemd.services.b.after = [ "a.service" ];', ['b.service > a.service']],
  ['mkForce under a condition may replace', 'systemd.services.a.after = [ "x.service" ]; systemd.services."a".after = lib.mkIf config.x (lib.mkForce [ "y.service" ]);', ['a.service > x.service', 'a.service > y.service']],
  ['mkDefault gives way', 'systemd.services.a.after = lib.mkDefault [ "x.service" ]; systemd.services."a".after = [ "y.service" ];', ['a.service > y.service']],
  ['mkDefault alone stands', 'systemd.services.a.after = lib.mkDefault [ "x.service" ];', ['a.service > x.service']],
  ['mkBefore and mkAfter', 'systemd.services.a.after = lib.mkAfter [ "x.service" ]; systemd.services."a".before = lib.mkOrder 10 [ "y.service" ];', ['a.service > x.service', 'y.service > a.service']],
  ['an update replaces names of the left', 'systemd.services.a = { after = [ "x.service" ]; before = [ "b.service" ]; } // { after = [ "y.service" ]; };', ['a.service > y.service', 'b.service > a.service']],
  ['an update under a condition may', 'systemd.services.a = { after = [ "x.service" ]; } // lib.optionalAttrs config.x { after = [ "y.service" ]; };', ['a.service > x.service', 'a.service > y.service']],
  ['unitConfig', 'systemd.services.a.unitConfig = { After = "x.service y.service"; Before = [ "b.service" ]; }; systemd.services.c.unitConfig.After = "a.service";', ['a.service > x.service', 'a.service > y.service', 'b.service > a.service', 'c.service > a.service']],
  ['no default dependencies', 'systemd.targets.t.wants = [ "a.service" "b.service" ]; systemd.services.a.unitConfig.DefaultDependencies = false;', ['t.target > b.service']],
  ['with', 'systemd.services.a = with lib; { after = with pkgs; [ "x.service" ]; };', ['a.service > x.service']],
  ['parentheses', 'systemd.services.a = ({ after = ([ ("x.service") ]); });', ['a.service > x.service']],
  ['long names of functions', 'systemd.services.a.after = pkgs.lib.lists.optionals (x: x) [ "x.service" ] ++ lib.singleton "y.service";', ['a.service > x.service', 'a.service > y.service']],
  ['another machine in a container', 'containers.c.config = { systemd.services.no.after = [ "n.service" ]; }; systemd.services.a.after = [ "x.service" ];', ['a.service > x.service']],
  ['the units of users', 'systemd.user.services.no.after = [ "n.service" ]; systemd.tmpfiles.rules = [ "d /x" ]; systemd.network.links.${x} = { after = y; };', []],
];

/** Whole files. */
const WHOLE: [string, string, string[]][] = [
  ['no function', '{ systemd.services.a.after = [ "x.service" ]; }', ['a.service > x.service']],
  ['a function of a name', 'args: { systemd.services.a.after = [ "x.service" ]; }', ['a.service > x.service']],
  ['a function of a named set', '{ pkgs, lib ? pkgs.lib, ... }@args: { systemd.services.a.after = [ "x.service" ]; }', ['a.service > x.service']],
  ['a named function of a set', 'args@{ pkgs, ... }: { systemd.services.a.after = [ "x.service" ]; }', ['a.service > x.service']],
  ['let around it', '{ ... }: let deps = [ "x.service" y ]; y = "y.service"; name = "a"; in { systemd.services.${name}.after = deps; systemd.services."${name}-b" = { after = [ "${name}.service" ("z" + ".service") ]; }; }', ['a-b.service > a.service', 'a-b.service > z.service', 'a.service > x.service', 'a.service > y.service']],
  ['let around a unit', '{ systemd.services.a = let base = { after = [ "x.service" ]; }; in base // { before = [ "b.service" ]; }; }', ['a.service > x.service', 'b.service > a.service']],
  ['rec', 'rec { first = "x.service"; systemd.services.a.after = [ first ]; }', ['a.service > x.service']],
  ['a flake', '{ outputs = { self, nixpkgs }: { nixosConfigurations.host = nixpkgs.lib.nixosSystem { system = "x86_64-linux"; modules = [ ./hardware.nix ({ pkgs, ... }: { systemd.services.a.after = [ "x.service" ]; }) ]; }; }; }', ['a.service > x.service']],
  ['assert and paths', '{ lib, ... }: assert lib.versionAtLeast "1" "0"; { imports = [ ./a.nix ../b/c.nix <nixpkgs/nixos> /etc/nixos/x.nix ]; systemd.services.a.after = [ "x.service" ]; x = a: b: a / b; y = f: f.x or 3; z = -1 + 2 * 3; u = http://example.org/x; }', ['a.service > x.service']],
];

describe('orders that stand there', () => {
  it.each([...READ.map(([what, body, expected]) => [what, nix(body), expected] as const), ...WHOLE])('%s', async (_, text, expected) => {
    const order = await orderOf({ 'nix/modules/m.nix': text });
    expect(order.unread).toEqual([]);
    expect(arrows(order.edges)).toEqual([...expected].sort());
  });
});

describe('orders that would have to be computed', () => {
  it.each([
    ['a list from elsewhere', 'systemd.services.a.after = config.my.deps;', 'After of a.service', 'it comes from config.my.deps'],
    ['a list that is mapped', 'systemd.services.a.after = map (n: "${n}.service") [ "x" ];', 'After of a.service', 'it is computed by map'],
    ['one name of a list', 'systemd.services.a.after = [ "x.service" "${config.x}.service" ];', 'After of a.service', 'a text with something put in that is not known here'],
    ['one item of a list', 'systemd.services.a.after = [ "x.service" config.x ];', 'After of a.service', 'it comes from config.x'],
    ['part of a sum', 'systemd.services.a.after = [ "x.service" ] ++ extra;', 'After of a.service', 'it comes from extra'],
    ['a unit from a function', 'systemd.services.a = mkUnit "a";', 'systemd.services.a', 'it is computed by mkUnit'],
    ['a unit from a file', 'systemd.services.a = import ./a.nix;', 'systemd.services.a', 'it is computed by import'],
    ['units from a function', 'systemd.services = lib.genAttrs names (n: { after = [ "x.service" ]; });', 'systemd.services', 'it is computed by lib.genAttrs'],
    ['all from elsewhere', 'systemd = common;', 'systemd', 'it comes from common'],
    ['a name of a unit', 'systemd.services.${config.name} = { after = [ "x.service" ]; };', 'a name in systemd.services', 'it is computed'],
    ['an inherited list', 'systemd.services.a = { inherit (common) after; };', 'After of a.service', 'it comes from common.after'],
    ['names in a circle', 'systemd.services.a.after = let x = y; y = x; in x;', 'After of a.service', 'its names go round in a circle'],
    ['mounts with an order', 'systemd.mounts = [ { where = "/x"; after = [ "x.service" ]; } ];', 'systemd.mounts', 'units of this kind are not read'],
    ['units as texts', 'systemd.units."x.service".text = "[Unit]\\nAfter=y.service";', 'systemd.units', 'units of this kind are not read'],
  ])('%s', async (_, body, what, why) => {
    const order = await orderOf({ 'nix/modules/m.nix': nix(body) });
    expect(order.answer).toBe('incomplete');
    expect(order.unread).toEqual([{ what, why, place: { path: 'nix/modules/m.nix', line: 3 } }]);
  });

  it('mounts without an order hide nothing', async () => {
    expect((await orderOf({ 'nix/m.nix': nix('systemd.mounts = [ { where = "/x"; what = "tmpfs"; } ];') })).answer).toBe('ok');
  });

  it.each([
    ['a text without an end', '{ systemd.services.a.after = [ "x.service ]; }', 1],
    ['a brace without an end', '{\n  systemd.services.a = {\n', 1],
    ['a comment without an end', '{ }\n/* systemd', 2],
    ['a put-in without an end', '{ a = "${ b"; }', 1],
    ['a semicolon too few', '{\n  a = 1\n  b = 2;\n}', 3],
    ['something after the end', '{ } }', 1],
    ['nothing', '', 1],
    ['another language', 'def x():\n  return {}', 1],
  ])('%s is said with its line', async (_, text, line) => {
    const order = await orderOf({ 'nix/m.nix': text });
    expect(order).toMatchObject({ answer: 'incomplete', unread: [{ what: 'nix/m.nix', why: expect.stringMatching(/^it is no Nix/), place: { line } }] });
  });
});

it('gives each name its line', async () => {
  const order = await orderOf({ 'nix/m.nix': nix('systemd.services.a = {\n  after = [\n    "x.service"\n    # none\n    "y.service"\n  ];\n};') });
  expect(order.edges.map(({ to, place: { line } }) => [to, line])).toEqual([['x.service', 5], ['y.service', 7]]);
});

it('settles between modules: what is forced in one file replaces what stands in another', async () => {
  const order = await orderOf({
    'nix/a.nix': nix('systemd.services.a.after = [ "b.service" ];'),
    'nix/b.nix': nix('systemd.services.b.after = [ "a.service" ];'),
    'nix/c.nix': nix('systemd.services.a.after = lib.mkForce [ "c.service" ];'),
  });
  expect(order.answer).toBe('ok');
  expect(arrows(order.edges)).toEqual(['a.service > c.service', 'b.service > a.service']);
});

it('joins a unit that is described in two languages', async () => {
  const order = await orderOf({ 'nix/a.nix': nix('systemd.services.a.after = [ "b.service" ];'), 'u/a.service': '[Unit]\nAfter=b.service\n', 'u/b.service': '[Unit]\nAfter=a.service\n' });
  expect(order.cycles).toMatchObject([{ path: ['a.service', 'b.service', 'a.service'], edges: [{ place: { path: 'nix/a.nix' }, also: [{ path: 'u/a.service', line: 2 }] }, {}] }]);
});

it('reads any text, or says where it stops being Nix', () => {
  const scraps = stringMatching(/^(\{|\}|\[|\]|\(|\)|"|''|\$\{|;|=|:|@|,|\.|let|in|if|then|else|with|inherit|rec|a|b|systemd|services|after|\s|#|\/\*|\*\/|\+\+|\/\/|\.\.\.|\?|1|\.\/x){0,40}$/);
  for (const texts of [string({ maxLength: 60 }), scraps]) {
    assert(property(texts, (text) => {
      try {
        parseNix(text);
      } catch (error) {
        expect(error).toBeInstanceOf(NixFault);
        expect((error as NixFault).line).toBeGreaterThan(0);
      }
    }), { numRuns: 500 });
  }
});

it('gives up on a file that nests without end', () => {
  expect(() => parseNix('['.repeat(100_000))).toThrow(NixFault);
  expect(() => parseNix('{ a = '.repeat(2000))).toThrow(NixFault);
  expect(() => parseNix('"${'.repeat(20_000))).toThrow(NixFault);
  expect(() => parseNix('a.b or '.repeat(20_000))).toThrow(NixFault);
  expect(() => parseNix('('.repeat(2000) + ')'.repeat(2000))).toThrow(NixFault);
});
