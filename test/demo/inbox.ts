import { serve } from '@mlops-actions/sandbox/server'

/** The Slack channel of the story: keeps what is posted to its webhook. */
export interface Inbox {
  readonly url: string
  readonly messages: string[]
  close(): Promise<void>
}

export async function openInbox(): Promise<Inbox> {
  const messages: string[] = []
  const server = await serve(({ body }) => {
    messages.push(textOf(body.toString('utf8')))
    return { status: 200, body: 'ok' }
  })
  return { url: `${server.url}/services/T000/B000/webhook`, messages, close: server.close }
}

function textOf(body: string): string {
  const value: { text?: unknown } = JSON.parse(body)
  return String(value.text ?? body)
}
