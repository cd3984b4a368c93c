import type { Problem } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'
import { provenanceTrailers } from './provenance.ts'
import { isMoving } from './values.ts'
import { problemOfPolicy, targetOf } from './wanted.ts'

/** The rules between inputs, each of which is fine alone. */
export function checkInputs(given: Inputs, problem: Problem): void {
  if (given.mode === 'bump') checkBump(given, problem)
  else checkRollback(given, problem)
  const wrong = problemOfPolicy(targetOf(given), given)
  if (wrong !== undefined) problem('policy', `want ${wrong}`)
  if (given.file.length === 0 && needsFile(given))
    problem('file', 'is required: want the path of the manifest')
  for (const key of provenanceTrailers(given).keys()) {
    if (given.trailers?.has(key)) problem('trailers', `${key} is given by an input of its own already`)
  }
  for (const [name, token = ''] of Object.entries({
    token: given.token,
    'source-token': given.sourceToken,
  })) {
    if (/[\s\u0000-\u001f\u007f]/.test(token)) problem(name, 'holds white space; want one token on one line')
  }
  if (given.transport === 'api' && given.sshKey !== undefined)
    problem('ssh-key', '`transport: api` takes a token, not a key')
}

/** Changes in a list may each name their own. */
function needsFile({ changes = [], ...given }: Inputs): boolean {
  return changes.length === 0 || setsByInputs(given) || changes.some(({ files }) => files.length === 0)
}

function setsByInputs({
  image,
  storageUri,
  annotations,
  env,
  value,
}: Pick<Inputs, 'image' | 'storageUri' | 'annotations' | 'env' | 'value'>): boolean {
  const isGiven = image !== undefined || storageUri !== undefined || value !== undefined
  return isGiven || annotations.size > 0 || env.size > 0
}

function checkBump(given: Inputs, problem: Problem): void {
  const { image, storageUri, path, value, changes, previousImage, previousStorageUri, rollbackOf } = given
  if (!setsByInputs(given) && changes === undefined)
    problem('image', 'give `image`, `storage-uri`, `annotations`, `env`, `value` or `changes`')
  if (path === undefined && value !== undefined) problem('path', 'say where `value` stands')
  if (path !== undefined && value === undefined && image === undefined && storageUri === undefined)
    problem('value', 'say what shall stand at `path`, or give `image` or `storage-uri`')
  if (image !== undefined && isMoving(image)) problem('image', MOVING)
  const listed = (changes ?? []).flatMap(({ wishes }) => wishes)
  if (listed.some((wish) => wish.set === 'image' && isMoving(wish.value))) problem('changes', MOVING)
  const forRollback = {
    'previous-image': previousImage,
    'previous-storage-uri': previousStorageUri,
    'rollback-of': rollbackOf,
  }
  for (const [name, value] of Object.entries(forRollback)) {
    if (value !== undefined) problem(name, 'is for `mode: rollback` only')
  }
}

const MOVING = 'the tag `latest` means another image tomorrow; want a digest, or a tag that stays'

/** What to go back to has to be known, and what it is that is bad. */
function checkRollback(given: Inputs, problem: Problem): void {
  const { image, storageUri, previousImage, previousStorageUri, rollbackOf } = given
  checkOnlyForBump(given, problem)
  const pairs = [
    ['image', image, previousImage],
    ['storage-uri', storageUri, previousStorageUri],
  ] as const
  for (const [name, bad, good] of pairs) {
    if (bad !== undefined && good === undefined) {
      problem(
        `previous-${name}`,
        `is needed to take back \`${name}\`; a first deployment has nothing to go back to`,
      )
    }
    if (bad === undefined && good !== undefined)
      problem(name, `say which one is bad: \`previous-${name}\` is written only while that one stands`)
  }
  const named = pairs.filter(([, bad, good]) => bad !== undefined || good !== undefined)
  const [first] = named
  // One of two values may be as it was; a rollback that changes none would call itself a success.
  if (first !== undefined && named.every(([, bad, good]) => bad === good))
    problem(`previous-${first[0]}`, `is the same as \`${first[0]}\`: there is nothing to go back to`)
  if (rollbackOf === undefined && pairs.every(([, bad, good]) => bad === undefined && good === undefined)) {
    problem('rollback-of', 'give the commit to take back, or a bad value and its previous one')
  }
}

/** A rollback finds them in the trailers of the commit. */
function checkOnlyForBump({ annotations, env, path, value, changes }: Inputs, problem: Problem): void {
  const forBump = { annotations: annotations.size, env: env.size, path, value, changes }
  for (const [name, given] of Object.entries(forBump)) {
    if (given !== undefined && given !== 0)
      problem(name, 'is for `mode: bump` only; give `rollback-of` alone')
  }
}
