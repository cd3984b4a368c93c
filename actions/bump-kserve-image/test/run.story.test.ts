import { describeBumps } from './bumps.ts'

// By git each step costs two dozen processes; run.test.ts has all of it by the API, and what is of git alone.
describeBumps('git')
