import { runAction } from '@mlops-actions/runner'
import { inputs } from './inputs.ts'
import { run } from './run.ts'

runAction({ name: 'dvc-push', inputs, run })
