/** Whether a build context is a folder of this machine; with a scheme, or of git by SSH, it is BuildKit's to resolve. */
export function isFolderContext(value: string): boolean {
  return !/^(?:[a-z][a-z0-9+.-]*:\/\/|target:|[\w.-]+@)/.test(value)
}
