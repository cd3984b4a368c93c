import { runAction } from '@mlops-actions/runner'
import { inputs } from './inputs.ts'
import { run } from './run.ts'

runAction({ name: 'dvc-pull', inputs, run })
