/** Where a repository has its specification of services. Apart from what reads it, which is much and rarely needed. */
export const infraPath = 'machine-docs/infra.yaml';
