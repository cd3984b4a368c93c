/** Something is missing without which the demo cannot run; the message is one sentence. */
export class MissingPrerequisite extends Error {}
