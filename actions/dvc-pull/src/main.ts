import { collectEarly } from '@mlops-actions/dvc'
import { runAction } from '@mlops-actions/runner'
import { inputs } from './inputs.ts'
import { run } from './run.ts'

collectEarly()
runAction({ name: 'dvc-pull', inputs, run })
