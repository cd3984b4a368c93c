import { collectEarly, limitYoungGeneration, markLessOften } from '@mlops-actions/dvc'
import { runAction } from '@mlops-actions/runner'
import { inputs } from './inputs.ts'
import { run } from './run.ts'

collectEarly()
limitYoungGeneration()
markLessOften()
runAction({ name: 'dvc-push', inputs, run })
