import { join } from 'node:path'
import { pythonEnvironment } from '../../../scripts/real/python.ts'

/** The versions of DVC that the action has to get on with. */
export type DvcVersion = 'newest' | '2024' | 'legacy'

/**
 * What PyPI is asked for. Old releases leave their dependencies open and do not work with all that came later:
 * - pathspec 1.0 removed `_DIR_MARK`, which DVC imported until 3.66 (dvc/ignore.py);
 * - the clients of 2024 are those of aiobotocore before it sent checksums by default, and YAML of ruamel 0.18;
 * - 2.58 is the last release that writes objects by the names of DVC 2.
 */
export const REQUIREMENTS: Readonly<Record<DvcVersion, readonly string[]>> = {
  newest: ['dvc[s3]>=3.60,<4'],
  '2024': [
    'dvc==3.50.3',
    'dvc-s3==3.2.0',
    'aiobotocore==2.13.1',
    's3fs==2024.6.1',
    'fsspec==2024.6.1',
    'ruamel.yaml==0.18.6',
    'pathspec==0.12.1',
  ],
  legacy: ['dvc==2.58.2', 'dvc-s3==2.22.0', 'pathspec==0.12.1'],
}

/**
 * Installs one version with its S3 support into an environment of its own, or finds the one of an earlier run.
 * @returns paths of its command line program and of its Python
 */
export async function installDvc(
  version: DvcVersion,
): Promise<{ readonly dvc: string; readonly python: string }> {
  const programs = await pythonEnvironment(`dvc-${version}`, REQUIREMENTS[version])
  return { dvc: join(programs, 'dvc'), python: join(programs, 'python') }
}
