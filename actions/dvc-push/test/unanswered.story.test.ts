import { afterEach, beforeEach, test } from '@jest/globals'
import { type Company, SCRIPT, startCompany } from './company.ts'
import { expectUnanswered } from './unanswered.ts'

// Twenty tries by git are several hundred processes.

let company: Company
beforeEach(async () => {
  company = await startCompany()
  await company.fixture.write('x.sh', SCRIPT)
})
afterEach(() => company.close())

test('a commit by git that the server never says anything about is told to be uncertain', () =>
  expectUnanswered(company, 'git'))
