import type { Call } from './call.ts'
import { createExperiment, getExperiment, getExperimentByName, searchExperiments } from './experiments.ts'
import { createLoggedModel, finalizeLoggedModel, getLoggedModel } from './logged-models.ts'
import * as versions from './model-versions.ts'
import * as models from './registered-models.ts'
import { logBatch, logMetric, logParameter, setRunTag } from './run-log.ts'
import { createRun, getRun, listArtifacts, metricHistory, searchRuns, updateRun } from './runs.ts'

/** Path below `/api/2.0/mlflow/` -> method -> call. */
export const ROUTES: Readonly<Record<string, Readonly<Record<string, Call>>>> = {
  'experiments/create': { POST: createExperiment },
  'experiments/get': { GET: getExperiment },
  'experiments/get-by-name': { GET: getExperimentByName },
  'experiments/search': { POST: searchExperiments, GET: searchExperiments },
  'runs/create': { POST: createRun },
  'runs/get': { GET: getRun },
  'runs/update': { POST: updateRun },
  'runs/search': { POST: searchRuns },
  'runs/log-metric': { POST: logMetric },
  'runs/log-parameter': { POST: logParameter },
  'runs/log-batch': { POST: logBatch },
  'runs/set-tag': { POST: setRunTag },
  'metrics/get-history': { GET: metricHistory },
  'artifacts/list': { GET: listArtifacts },
  'registered-models/create': { POST: models.createModel },
  'registered-models/get': { GET: models.getModel },
  'registered-models/update': { PATCH: models.updateModel },
  'registered-models/delete': { DELETE: models.deleteModel },
  'registered-models/search': { GET: models.searchModels },
  'registered-models/set-tag': { POST: models.setModelTag },
  'registered-models/delete-tag': { DELETE: models.deleteModelTag },
  'registered-models/alias': { POST: models.setAlias, GET: models.getAlias, DELETE: models.deleteAlias },
  'model-versions/create': { POST: versions.createVersion },
  'model-versions/get': { GET: versions.getVersion },
  'model-versions/update': { PATCH: versions.updateVersion },
  'model-versions/delete': { DELETE: versions.deleteVersion },
  'model-versions/search': { GET: versions.searchVersions },
  'model-versions/get-download-uri': { GET: versions.downloadUri },
  'model-versions/set-tag': { POST: versions.setVersionTag },
  'model-versions/delete-tag': { DELETE: versions.deleteVersionTag },
  'logged-models': { POST: createLoggedModel },
  'logged-models/{model_id}': { GET: getLoggedModel, PATCH: finalizeLoggedModel },
}
