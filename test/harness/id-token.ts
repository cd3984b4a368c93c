/** A token of the provider that a job is told of, as the runner of a step asks for it. */
export async function askIdToken(
  { url, token }: { readonly url: string; readonly token: string },
  audience: string,
): Promise<string> {
  const asked = new URL(url)
  asked.searchParams.set('audience', audience)
  const answer = await fetch(asked, { headers: { authorization: `Bearer ${token}` } })
  return JSON.parse(await answer.text()).value
}
