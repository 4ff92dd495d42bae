import { z } from 'zod';
import { digestOf } from '../evidence/canonical-json.ts';
import type { SwarmDriver } from '../spec/types.ts';
import { substituteVersion } from '../spec/versions.ts';

/** Labels by which a later run knows what an earlier one put there. The image stands beside the version, so that an image which
 *  somebody changed by hand is not taken for the version whose label it still carries. */
const versionLabel = 'docket.version';
const imageLabel = 'docket.image';

const containerSpec = z.looseObject({ Image: z.string() });
const taskTemplate = z.looseObject({ ContainerSpec: containerSpec, ForceUpdate: z.number().optional() });
const serviceSpec = z.looseObject({ Labels: z.record(z.string(), z.string()).nullish(), TaskTemplate: taskTemplate, Mode: z.looseObject({ Replicated: z.looseObject({ Replicas: z.number().optional() }).optional() }).optional() });
const service = z.looseObject({
  ID: z.string(),
  Version: z.looseObject({ Index: z.number() }),
  Spec: serviceSpec,
  UpdateStatus: z.looseObject({ State: z.string().optional(), Message: z.string().optional() }).nullish(),
});

export type SwarmService = z.infer<typeof service>;
export type SwarmSpec = z.infer<typeof serviceSpec>;

/** The service as the engine describes it; null when it is no service of containers. */
export function parseService(body: unknown): SwarmService | null {
  const read = service.safeParse(body);
  return read.success ? read.data : null;
}

/** The specification's digest: whoever changes anything in it, by whatever tool, changes this. */
export function markOf(spec: SwarmSpec): string {
  return digestOf(spec);
}

/** The version that the service carries; the tag of its image where the label is missing or belongs to another image. */
export function versionOf(spec: SwarmSpec): string {
  const image = spec.TaskTemplate.ContainerSpec.Image;
  const label = spec.Labels?.[versionLabel];
  return label !== undefined && spec.Labels?.[imageLabel] === image ? label : tagOf(image);
}

/** The service's specification with `version` in it, and started anew even where nothing else changes. */
export function specFor(spec: SwarmSpec, driver: SwarmDriver, version: string): SwarmSpec {
  const { ContainerSpec, ForceUpdate } = spec.TaskTemplate;
  const image = driver.image === null ? withTag(ContainerSpec.Image, version.slice(version.indexOf('+') + 1)) : substituteVersion(driver.image, version);
  return {
    ...spec,
    Labels: { ...spec.Labels, [versionLabel]: version, [imageLabel]: image },
    TaskTemplate: { ...spec.TaskTemplate, ContainerSpec: { ...ContainerSpec, Image: image }, ForceUpdate: (ForceUpdate ?? 0) + 1 },
  };
}

/** True when `spec` is what was sent: the engine may add defaults, these it does not touch. */
export function isSame(spec: SwarmSpec, sent: SwarmSpec): boolean {
  return versionOf(spec) === versionOf(sent) && spec.TaskTemplate.ForceUpdate === sent.TaskTemplate.ForceUpdate && spec.TaskTemplate.ContainerSpec.Image === sent.TaskTemplate.ContainerSpec.Image;
}

/** A tag stands after the last colon that has no slash behind it (before that it is a port); a digest is dropped. */
function splitImage(image: string): { name: string; tag: string } {
  const plain = image.split('@')[0] ?? image;
  const colon = plain.lastIndexOf(':');
  return colon > plain.lastIndexOf('/') ? { name: plain.slice(0, colon), tag: plain.slice(colon + 1) } : { name: plain, tag: 'latest' };
}

function withTag(image: string, tag: string): string {
  return `${splitImage(image).name}:${tag}`;
}

function tagOf(image: string): string {
  return splitImage(image).tag;
}
