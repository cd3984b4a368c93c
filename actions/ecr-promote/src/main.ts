import { runAction } from '@mlops-actions/runner'
import { inputs } from './inputs.ts'
import { run } from './run.ts'

void runAction({ name: 'ecr-promote', inputs, run })
