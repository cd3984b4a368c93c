import { collectEarly, markLessOften } from '@mlops-actions/dvc'
import { runAction } from '@mlops-actions/runner'
import { inputs } from './inputs.ts'
import { run } from './run.ts'

collectEarly()
markLessOften()
runAction({ name: 'dvc-push', inputs, run })
