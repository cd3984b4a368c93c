/** Health of one object, as Argo CD words it. */
export interface Health {
  readonly status: 'Healthy' | 'Suspended' | 'Progressing' | 'Missing' | 'Degraded' | 'Unknown'
  readonly message?: string
}

export function progressing(message: string): Health {
  return message === '' ? { status: 'Progressing' } : { status: 'Progressing', message }
}
