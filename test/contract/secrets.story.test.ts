import { describe, test } from '@jest/globals'
import { ECHO_FORMS } from './echo.ts'
import { STEPS } from './steps.ts'
import { expectSecrecy } from './traces.ts'

describe.each(Object.keys(STEPS))('%s, and a server that says what it was told', (action) => {
  test.concurrent.each(ECHO_FORMS)('shows no secret that comes back %s', (form) =>
    expectSecrecy(action, form),
  )
})
