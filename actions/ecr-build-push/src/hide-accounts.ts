import { Failure, type JsonValue, withDetails } from '@mlops-actions/diagnostics'
import type { ActionResult } from '@mlops-actions/runner'

/**
 * An account id where AWS writes one: in front of a registry's host, in an ARN, and in ECR's sentence on a missing
 * repository. Any other number of twelve digits is a tag, a label or a size.
 */
const ACCOUNT =
  /(?<![\w.-])\d{12}(?=\.dkr[.-]ecr)|(?<=\barn:aws[a-z-]*:[\w-]*:[\w-]*:)\d{12}(?=:)|(?<=registry with id ')\d{12}(?=')/g

/**
 * A step whose report and lineage name no account: many mask it, and GitHub drops an output of a job that has a masked value
 * in it. Base images, commands, steps of the build and what AWS said of a right are in them.
 */
export async function hidingAccounts(step: () => Promise<ActionResult>): Promise<ActionResult> {
  try {
    const { report, lineage, ...result } = await step()
    return {
      ...result,
      ...(report === undefined ? {} : { report: hideAccounts(report) }),
      ...(lineage === undefined ? {} : { lineage: hideAccounts(lineage) }),
    }
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.details.report === undefined) throw thrown
    throw withDetails(thrown, { report: hideAccounts(thrown.details.report) })
  }
}

/** The same value with `…` for each account id. Names of fields are our own. */
export function hideAccounts(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.replace(ACCOUNT, '…')
  if (typeof value !== 'object' || value === null) return value
  if (isList(value)) return value.map(hideAccounts)
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      field === undefined ? undefined : hideAccounts(field),
    ]),
  )
}

function isList(value: object): value is readonly JsonValue[] {
  return Array.isArray(value)
}
