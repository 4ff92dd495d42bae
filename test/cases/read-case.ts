import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openDocket } from '../../src/index.ts';
import { makeRepository } from '../support/make-repository.ts';
import { pictureOf } from '../support/run-docket.ts';
import type { Picture } from '../support/run-docket.ts';
import type { Expectation } from './expectation.ts';

/** Reads an expectation and the files that it names, puts these under machine-docs/ of an empty repository with one commit, and asks docket. */
export async function readCase(folder: string, expectationName = 'expected.json'): Promise<{ expectation: Expectation; picture: Picture }> {
  const at = (name: string): string => fileURLToPath(new URL(`${folder}/${name}`, import.meta.url));
  const expectation = JSON.parse(readFileSync(at(expectationName), 'utf8')) as Expectation;
  const repository = makeRepository();
  try {
    for (const name of Object.keys(expectation.files)) repository.write(`machine-docs/${name}`, readFileSync(at(name)));
    repository.commit('Bring the record in', '2026-07-01T12:00:00Z');
    const picture = await pictureOf(repository.dir);
    // Front matter is no part of the command line's answer; the library has it.
    const { ledger } = await openDocket(repository.dir);
    for (const document of picture.documents) document.frontMatter = ledger.documents.find((one) => one.path === document.path)?.frontMatter ?? null;
    return { expectation, picture };
  } finally {
    repository.remove();
  }
}
