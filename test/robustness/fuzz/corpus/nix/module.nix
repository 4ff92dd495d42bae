{ config, lib, pkgs, ... }@args:
with lib;
let
  unit = "db.service"; # comment
  cfg = config.services.kiln;
  more = [ unit "a${"b"}.target" ];
in {
  options.services.kiln.enable = mkEnableOption "kiln";
  config = mkIf cfg.enable {
    systemd.services."kiln-${cfg.name}" = { after = [ "x.service" ]; };
    systemd.services.kiln = rec {
      after = [ "network.target" ] ++ more ++ optional cfg.tls "tls.service";
      before = mkForce [ ];
      wantedBy = if cfg.x then [ "a.target" ] else [ ];
      unitConfig = { After = "one.service two.service"; DefaultDependencies = false; } // { Before = ''
        x.service ''${no} $${no}
      ''; };
      serviceConfig.ExecStart = "${pkgs.kiln}/bin/kiln --x=${toString 1}";
    };
    systemd.timers.tick.timerConfig.Unit = "kiln.service";
    systemd.units."x.service".text = "After=y";
  };
  /* long comment */
  inherit (cfg) a b; x = y: { a, b ? 1, ... }: assert a; ./path/x.nix or null;
}
