/** Why something has no content key: then the image is built, and the message says why it was not reused. */
export class Unkeyable extends Error {}
