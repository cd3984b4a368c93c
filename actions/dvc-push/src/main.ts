import { limitGarbage } from '@mlops-actions/dvc'
import { runAction } from '@mlops-actions/runner'
import { inputs } from './inputs.ts'
import { run } from './run.ts'

limitGarbage()
runAction({ name: 'dvc-push', inputs, run })
