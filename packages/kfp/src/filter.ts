/**
 * The `filter` of a list call for one exact name. The server unescapes the decoded parameter once more
 * (list_request_util.go parseAPIFilter), so it is encoded here, and again as part of the query.
 */
export function equals(key: string, value: string): string {
  const predicates = [{ key, operation: 'EQUALS', string_value: value }]
  return encodeURIComponent(JSON.stringify({ predicates }))
}
