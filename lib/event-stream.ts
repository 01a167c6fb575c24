/** How often an idle stream says that it is there, in ms: proxies cut what is silent for a minute. */
const pingMs = 20_000
/** How long a browser waits until it asks for a stream that ended once more, in ms. */
const retryMs = 2_000

/**
 * Answers with server-sent events, one for each word of the stream; the browser's `EventSource` gets it as the data of a
 * message. Ends with the stream, or when `until` aborts; the stream is cancelled then, and when the browser goes away.
 */
export function eventStream(words: ReadableStream<string>, until: AbortSignal): Response {
  const encoder = new TextEncoder()
  const reader = words.getReader()
  let ping: NodeJS.Timeout | undefined
  function stop(): void {
    letGo()
    void reader.cancel()
  }
  const events = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(`retry: ${retryMs}\n\n`))
      // One whom nobody reads any more must not grow.
      const isRead = () => (controller.desiredSize ?? 0) > 0
      ping = setInterval(() => isRead() && controller.enqueue(encoder.encode(':\n\n')), pingMs).unref()
      if (until.aborted) stop()
      until.addEventListener('abort', stop)
    },
    // A reader that is cancelled has come to its end.
    async pull(controller) {
      const { done, value } = await reader.read()
      if (!done) return controller.enqueue(encoder.encode(`data: ${value}\n\n`))
      letGo()
      controller.close()
    },
    cancel: stop,
  })
  function letGo(): void {
    clearInterval(ping)
    until.removeEventListener('abort', stop)
  }
  return new Response(events, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // Compressed, or gathered by a proxy, it would arrive late.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}
