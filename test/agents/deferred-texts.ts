/** A register that no rule says anything of, and the same with its open item below the closed ones, which a hook refuses. */
export const good = '# DEFERRED\n\n## Open deferrals\n\n### 2026-03-02 — paint\n- [ ] **What:** paint it\n\n## Closed deferrals\n';
export const bad = '# DEFERRED\n\n## Open deferrals\n\n## Closed deferrals\n\n### 2026-03-02 — paint\n- [ ] **What:** paint it\n';
