/** A line of the Dockerfile, for the frame that buildx prints around it. */
export interface SourceLine {
  /** 1-based; an instruction that goes over several lines has both ends. */
  readonly first: number
  readonly last: number
}

/** A build that cannot go on; `line` shows the reader where. */
export class BuildRefusal extends Error {
  readonly line: SourceLine | undefined

  constructor(message: string, line?: SourceLine) {
    super(message)
    this.name = 'BuildRefusal'
    this.line = line
  }
}

/** A builder that is not reached: exit code 1. */
export class BuilderRefusal extends Error {}

/** Wrong use of the command line: exit code 125, as the docker CLI. */
export class UsageRefusal extends Error {}
